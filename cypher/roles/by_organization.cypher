// Who leads, implements, funds?
//
// One row per organization and role, with the number of activities and the first and last day on record, so that a
// change of role shows. The case of letters makes no difference between roles; an empty role means that none is on
// record.
//
// param organization: Organization = ''   one organization; empty for all
// param role: PARTICIPATED_IN.role = ''   text that the role contains, such as organizer; empty for all
// param region: Region = ''   the region of the activities, with all that lies in it; empty for all
// returns: organization_id, organization, role, activities, first, last
MATCH (member:Organization)-[part:PARTICIPATED_IN]->(activity:Activity)
WHERE ($organization = '' OR member.id = $organization)
  AND ($role = '' OR toLower(part.role) CONTAINS toLower($role))
  AND ($region = '' OR EXISTS {
    MATCH (activity)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(:Region {id: $region})
  })
RETURN member.id AS organization_id, member.name AS organization, toLower(part.role) AS role,
       count(DISTINCT activity) AS activities, min(activity.started) AS first,
       max(coalesce(activity.ended, activity.started)) AS last
ORDER BY organization, organization_id, activities DESC, role

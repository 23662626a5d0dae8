// Who depends on one funder, which activities have one funder only?
//
// One row per activity with exactly one funder and each other organization in it; `funders` counts the funders of
// that organization over all its activities: 1 means that it depends on this funder alone. An activity in which only
// the funder is on record has an empty organization.
//
// param funding_roles: list[str] = funder|co-funder|donor|funding|sponsor   roles that give money, in small letters
// param region: Region = ''   the region of the activities, with all that lies in it; empty for all
// returns: funder_id, funder, activity_id, activity, ended, budget, currency, organization_id, organization, funders
MATCH (work:Activity)<-[gives:PARTICIPATED_IN]-(giver:Organization)
WHERE toLower(gives.role) IN $funding_roles AND ($region = '' OR EXISTS {
  MATCH (work)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(:Region {id: $region})
})
WITH work, count(DISTINCT giver) AS givers, min(giver.id) AS funder_id
WHERE givers = 1
OPTIONAL MATCH (work)<-[:PARTICIPATED_IN]-(member:Organization)
WHERE member.id <> funder_id
WITH member, collect(DISTINCT {work: work.id, funder: funder_id}) AS funded
OPTIONAL MATCH (member)-[:PARTICIPATED_IN]->(:Activity)<-[gives:PARTICIPATED_IN]-(giver:Organization)
WHERE giver.id <> member.id AND toLower(gives.role) IN $funding_roles
WITH member, funded, count(DISTINCT giver) AS givers
UNWIND funded AS item
MATCH (work:Activity {id: item.work})
MATCH (giver:Organization {id: item.funder})
RETURN giver.id AS funder_id, giver.name AS funder, work.id AS activity_id, work.name AS activity,
       work.ended AS ended, work.budget AS budget, work.currency AS currency,
       member.id AS organization_id, member.name AS organization,
       CASE WHEN member.id IS NOT NULL THEN givers END AS funders
ORDER BY funder, funder_id, activity, activity_id, organization, organization_id

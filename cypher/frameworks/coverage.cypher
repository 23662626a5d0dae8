// Who implements or monitors a framework, in which regions does nobody?
//
// One row per region of the level, organization and role; regions where nobody does come first, without an
// organization. An organization is there by activities on the framework that took place in the region, or, without
// activities, by declaring both the framework and its work or seat in the region. Regions and competence areas count
// with all that lie in them.
//
// param framework: CompetenceArea   the framework, or any other competence area
// param level: Region.kind = country   kind of the regions: world, region, subregion, country, place
// param role: PARTICIPATED_IN.role = ''   text that the role contains, such as monitor; empty for all
// returns: region_id, region, organization_id, organization, declared, role, activities, first, last
MATCH (place:Region {kind: $level})
OPTIONAL MATCH (place)<-[:PART_OF*0..]-(:Region)<-[:TOOK_PLACE_IN|WORKS_IN|BASED_IN]-(what:Activity|Organization)
WHERE EXISTS {
  MATCH (what)-[:ADDRESSES|COMPETENT_IN]->(:CompetenceArea)-[:PART_OF*0..]->(:CompetenceArea {id: $framework})
}
OPTIONAL MATCH (what)<-[part:PARTICIPATED_IN]-(member:Organization)
WHERE $role = '' OR toLower(part.role) CONTAINS toLower($role)
WITH place, CASE WHEN member IS NOT NULL THEN member.id WHEN $role = '' THEN what.id END AS id,
     CASE WHEN member IS NOT NULL THEN what.id END AS work, toLower(part.role) AS role,
     what.started AS started, coalesce(what.ended, what.started) AS ended
OPTIONAL MATCH (who:Organization)
WHERE who.id = id
WITH place, who, role, count(DISTINCT work) AS activities, min(started) AS first, max(ended) AS last
WITH place, who, coalesce(sum(activities), 0) AS total, count(CASE WHEN activities = 0 THEN 1 END) > 0 AS declared,
     collect({name: role, activities: activities, first: first, last: last}) AS roles
WITH place, count(who) AS there,
     collect({id: who.id, name: who.name, total: total, declared: declared, roles: roles}) AS found
UNWIND found AS one
WITH place, there, one
WHERE there = 0 OR one.id IS NOT NULL
UNWIND one.roles AS item
WITH place, there, one, item
WHERE one.total = 0 OR item.activities > 0
RETURN place.id AS region_id, place.name AS region, one.id AS organization_id, one.name AS organization,
       CASE WHEN there > 0 THEN one.declared END AS declared, item.name AS role,
       item.activities AS activities, item.first AS first, item.last AS last
ORDER BY organization IS NOT NULL, region, region_id, organization, organization_id, activities DESC, role

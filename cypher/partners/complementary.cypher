// Which partners have skills that we lack, which merely duplicate ours?
//
// One row per partner and skill of theirs; `new` counts the partner's skills that we lack, so that those who bring
// most come first and those who only duplicate ours (0) last. A skill is ours too where we have it or the wider area
// to which it belongs. A partner without a skill on record cannot be compared: it stands at the end with an empty
// skill. A partner shares an activity or a formal agreement with us.
//
// param organization: Organization   our organization
// param shown: bool = false   count the subjects of an organization's activities as skills, beside those it declares
// returns: partner_id, partner, competence_area_id, competence_area, declared, ours, new
MATCH (us:Organization {id: $organization})
OPTIONAL MATCH (us)-[:COMPETENT_IN|PARTICIPATED_IN|ADDRESSES*1..2]->(own:CompetenceArea)
WHERE $shown OR EXISTS { MATCH (us)-[:COMPETENT_IN]->(own) }
WITH us, collect(DISTINCT own.id) AS own
MATCH (us)-[:PARTICIPATED_IN|PARTNERED_WITH]-(what:Activity|Organization)
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(other:Organization)
WITH DISTINCT own, coalesce(other.id, what.id) AS partner_id, coalesce(other.name, what.name) AS partner
WHERE partner_id <> $organization
MATCH (them:Organization {id: partner_id})
OPTIONAL MATCH (them)-[:COMPETENT_IN|PARTICIPATED_IN|ADDRESSES*1..2]->(skill:CompetenceArea)
WHERE $shown OR EXISTS { MATCH (them)-[:COMPETENT_IN]->(skill) }
WITH DISTINCT own, partner_id, partner, them, skill
OPTIONAL MATCH (skill)-[:PART_OF*0..]->(wider:CompetenceArea)
WITH partner_id, partner, them, skill, count(CASE WHEN wider.id IN own THEN 1 END) > 0 AS ours
OPTIONAL MATCH (them)-[stated:COMPETENT_IN]->(skill)
WITH partner_id, partner, skill, ours, count(stated) > 0 AS declared
WITH partner_id, partner, count(CASE WHEN NOT ours THEN skill.id END) AS new,
     collect({id: skill.id, name: skill.name, ours: ours, declared: declared}) AS skills
UNWIND skills AS item
RETURN partner_id, partner, item.id AS competence_area_id, item.name AS competence_area,
       CASE WHEN item.id IS NOT NULL THEN item.declared END AS declared,
       CASE WHEN item.id IS NOT NULL THEN item.ours END AS ours, new
ORDER BY competence_area IS NULL, new DESC, partner, partner_id, ours, competence_area, competence_area_id

// Where are we visible: globally, by region, by country?
//
// One row per region where we were active or declare to work, wider regions first; each counts with all that lies in
// it. `activities` are ours, `of_all` those of everybody there, `partners` the organizations that took part in ours;
// `first` and `last` are the first and last day on record. Activities without a region are not counted;
// quality/incomplete_activities lists them.
//
// param organization: Organization   our organization
// returns: kind, region_id, region, activities, of_all, partners, declared, first, last
MATCH (us:Organization {id: $organization})-[:WORKS_IN|PARTICIPATED_IN|TOOK_PLACE_IN*1..2]->(spot:Region)
WITH DISTINCT us, spot
MATCH (spot)-[:PART_OF*0..]->(place:Region)
WITH DISTINCT us, place
OPTIONAL MATCH (place)<-[:PART_OF*0..]-(:Region)<-[:TOOK_PLACE_IN]-(work:Activity)
WITH us, place, count(DISTINCT work) AS of_all
OPTIONAL MATCH (us)-[:PARTICIPATED_IN]->(ours:Activity)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(place)
WITH us, place, of_all, count(DISTINCT ours) AS activities, min(ours.started) AS first,
     max(coalesce(ours.ended, ours.started)) AS last
OPTIONAL MATCH (us)-[:PARTICIPATED_IN]->(ours:Activity)<-[:PARTICIPATED_IN]-(partner:Organization)
WHERE partner.id <> $organization AND EXISTS { MATCH (ours)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(place) }
WITH us, place, of_all, activities, first, last, count(DISTINCT partner) AS partners
OPTIONAL MATCH (us)-[declares:WORKS_IN]->(:Region)-[:PART_OF*0..]->(place)
WITH place, of_all, activities, first, last, partners, count(declares) > 0 AS declared
RETURN place.kind AS kind, place.id AS region_id, place.name AS region, activities, of_all, partners, declared,
       first, last
ORDER BY CASE kind WHEN 'world' THEN 1 WHEN 'region' THEN 2 WHEN 'subregion' THEN 3 WHEN 'country' THEN 4 ELSE 5 END,
         activities DESC, region, region_id

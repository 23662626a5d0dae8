// Where does one competence appear without the other?
//
// One row per region of the level, with all that lies in it: how many activities there and organizations that work
// there have both competences, and how many only one of the two. Those regions come first that have least of both.
// Competence areas count with all that lie in them.
//
// param competence_area: CompetenceArea   the one
// param other: CompetenceArea   the other
// param level: Region.kind = country   kind of the regions: world, region, subregion, country, place
// returns: region_id, region, both, only_first, only_second
MATCH (skill:CompetenceArea)-[:PART_OF*0..]->(area:CompetenceArea)
WHERE area.id IN [$competence_area, $other]
MATCH (skill)<-[:ADDRESSES|COMPETENT_IN]-(holder:Activity|Organization)
WITH holder, count(CASE WHEN area.id = $competence_area THEN 1 END) > 0 AS first,
     count(CASE WHEN area.id = $other THEN 1 END) > 0 AS second
MATCH (holder)-[:TOOK_PLACE_IN|WORKS_IN]->(:Region)-[:PART_OF*0..]->(place:Region {kind: $level})
RETURN place.id AS region_id, place.name AS region,
       count(DISTINCT CASE WHEN first AND second THEN holder END) AS both,
       count(DISTINCT CASE WHEN first AND NOT second THEN holder END) AS only_first,
       count(DISTINCT CASE WHEN second AND NOT first THEN holder END) AS only_second
ORDER BY both, region, region_id

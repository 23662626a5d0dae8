// Which competences appear together, how often does one appear without the other?
//
// One row per pair of competence areas that occur together: `weight` counts the activities that address both and the
// organizations that declare both; `only_source` and `only_target` count those that have one without the other.
// Areas are taken as recorded, not with those that lie in them. competences/apart tells where.
//
// param min: int = 1   smallest weight
// returns: source, source_name, target, target_name, weight, activities, organizations, only_source, only_target
MATCH (one:CompetenceArea)<-[:ADDRESSES|COMPETENT_IN]-(holder:Activity|Organization)
WITH one, count(DISTINCT holder) AS all_one
MATCH (one)<-[has:ADDRESSES|COMPETENT_IN]-(holder:Activity|Organization)
MATCH (holder)-[:ADDRESSES|COMPETENT_IN]->(other:CompetenceArea)
WHERE one.id < other.id
WITH one, all_one, other, count(DISTINCT holder) AS weight,
     count(DISTINCT CASE WHEN type(has) = 'ADDRESSES' THEN holder.id END) AS activities
WHERE weight >= $min
WITH other, collect({id: one.id, name: one.name, total: all_one, weight: weight, activities: activities}) AS pairs
MATCH (other)<-[:ADDRESSES|COMPETENT_IN]-(holder:Activity|Organization)
WITH other, pairs, count(DISTINCT holder) AS all_other
UNWIND pairs AS pair
RETURN pair.id AS source, pair.name AS source_name, other.id AS target, other.name AS target_name,
       pair.weight AS weight, pair.activities AS activities, pair.weight - pair.activities AS organizations,
       pair.total - pair.weight AS only_source, all_other - pair.weight AS only_target
ORDER BY weight DESC, source, target

// Organizations that share activities, most shared first.
//
// param min: int = 1   smallest number of shared activities
// returns: source, target, weight
MATCH (one:Organization)-[:PARTICIPATED_IN]->(activity:Activity)<-[:PARTICIPATED_IN]-(other:Organization)
WHERE one.id < other.id
WITH one.id AS source, other.id AS target, count(DISTINCT activity) AS weight
WHERE weight >= $min
RETURN source, target, weight
ORDER BY weight DESC, source, target

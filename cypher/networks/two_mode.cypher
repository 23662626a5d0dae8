// Which organizations took part in which activities?
//
// A network of two kinds of nodes, organizations and activities; one tie per pair, however many roles or sources it
// has.
//
// param region: Region = ''   the region of the activities, with all that lies in it
// returns: source, source_name, target, target_name
MATCH (member:Organization)-[:PARTICIPATED_IN]->(activity:Activity)
WHERE $region = '' OR EXISTS {
  MATCH (activity)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(:Region {id: $region})
}
RETURN DISTINCT member.id AS source, member.name AS source_name, activity.id AS target, activity.name AS target_name
ORDER BY source, target

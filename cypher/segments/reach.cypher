// Which segments of society do we reach, where, through whom?
//
// One row per segment, region of the level, and organization that took part with us; segments that we do not reach
// stand at the end, without region and organization. A segment is reached by an activity that addresses it; segments
// and regions count with all that lie in them, and where no region of the level is on record it is empty.
//
// param organization: Organization = ''   our organization; empty for the whole network
// param level: Region.kind = country   kind of the regions: world, region, subregion, country, place
// param kind: CompetenceArea.kind = segment   kind of the competence areas
// returns: segment_id, segment, region_id, region, organization_id, organization, activities, first, last
MATCH (segment:CompetenceArea {kind: $kind})
OPTIONAL MATCH (segment)<-[:PART_OF*0..]-(:CompetenceArea)<-[:ADDRESSES]-(work:Activity)
WHERE $organization = '' OR EXISTS { MATCH (work)<-[:PARTICIPATED_IN]-(:Organization {id: $organization}) }
WITH DISTINCT segment, work
OPTIONAL MATCH (work)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(place:Region {kind: $level})
WITH DISTINCT segment, work, place
OPTIONAL MATCH (work)<-[:PARTICIPATED_IN]-(through:Organization)
WHERE through.id <> $organization
RETURN segment.id AS segment_id, segment.name AS segment, place.id AS region_id, place.name AS region,
       through.id AS organization_id, through.name AS organization, count(DISTINCT work) AS activities,
       min(work.started) AS first, max(coalesce(work.ended, work.started)) AS last
ORDER BY activities = 0, segment, segment_id, region IS NULL, region, region_id, activities DESC, organization,
         organization_id

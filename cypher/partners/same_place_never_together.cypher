// Who works in the same region and field as us, but never with us?
//
// One row per organization, region and competence area of theirs. Regions and fields are declared, or shown by an
// activity. Regions are compared at one level, so that a town counts for its country; what is known only at a wider
// level cannot be compared. A field is the same where one of the two areas lies in the other. Never means: no shared
// activity, no formal agreement, no membership between the two, at any time.
//
// param organization: Organization   our organization
// param region: Region = ''   a region to stay in, with all that lies in it; empty for all
// param level: Region.kind = country   kind of the regions that are compared: world, region, subregion, country, place
// returns: region_id, region, competence_area_id, competence_area, organization_id, organization, kind
MATCH (:Organization {id: $organization})-[:COMPETENT_IN|PARTICIPATED_IN|ADDRESSES*1..2]->(ours:CompetenceArea)
WITH DISTINCT ours
OPTIONAL MATCH (ours)-[:PART_OF*0..]->(wider:CompetenceArea)
OPTIONAL MATCH (ours)<-[:PART_OF*0..]-(narrower:CompetenceArea)
WITH collect(DISTINCT wider.id) + collect(DISTINCT narrower.id) AS fields
MATCH (:Organization {id: $organization})-[:WORKS_IN|PARTICIPATED_IN|TOOK_PLACE_IN*1..2]->(spot:Region)
WITH DISTINCT fields, spot
MATCH (spot)-[:PART_OF*0..]->(place:Region {kind: $level})
WITH DISTINCT fields, place
WHERE $region = '' OR EXISTS { MATCH (place)-[:PART_OF*0..]->(:Region {id: $region}) }
WITH fields, collect(place.id) AS places
MATCH (area:CompetenceArea)<-[:COMPETENT_IN|ADDRESSES]-(what:Activity|Organization)
WHERE area.id IN fields
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(member:Organization)
WITH DISTINCT places, area, coalesce(member.id, what.id) AS other_id
WITH places, other_id, collect({id: area.id, name: area.name}) AS areas
MATCH (other:Organization)
WHERE other.id = other_id AND other.id <> $organization
  AND NOT EXISTS { MATCH (other)-[:PARTNERED_WITH|MEMBER_OF]-(:Organization {id: $organization}) }
  AND NOT EXISTS { MATCH (other)-[:PARTICIPATED_IN]->(shared:Activity) WHERE EXISTS {
    MATCH (shared)<-[:PARTICIPATED_IN]-(:Organization {id: $organization})
  } }
MATCH (other)-[:WORKS_IN|PARTICIPATED_IN]->(site:Activity|Region)
OPTIONAL MATCH (site)-[:TOOK_PLACE_IN]->(spot:Region)
WITH DISTINCT places, other, areas, coalesce(spot.id, site.id) AS spot_id
MATCH (spot:Region)-[:PART_OF*0..]->(place:Region)
WHERE spot.id = spot_id AND place.id IN places
WITH DISTINCT other, areas, place
UNWIND areas AS item
RETURN place.id AS region_id, place.name AS region, item.id AS competence_area_id, item.name AS competence_area,
       other.id AS organization_id, other.name AS organization, other.kind AS kind
ORDER BY region, region_id, competence_area, competence_area_id, organization, organization_id

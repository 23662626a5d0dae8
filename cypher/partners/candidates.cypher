// Who could lead a subject in a region: has the skill, is near, is trusted by two of our partners?
//
// One row per organization. The skill is declared, or shown by an activity on the subject. Near means seated there,
// declared to work there, or active there. Trusted by a partner of ours means that the two share an activity or a
// formal agreement. Regions and competence areas count with all that lies in them. Our own partners are candidates
// too, and marked. Those who have led most activities on the subject come first.
//
// param organization: Organization   our organization
// param competence_area: CompetenceArea   the subject to lead
// param region: Region   the region
// param trusted_by: int = 2   smallest number of our partners, at least 1, who know the candidate
// param lead_roles: list[str] = organizer|co-organizer|coordinator|convener|host|lead|accountable   in small letters
// returns: organization_id, organization, kind, declared, activities, led, trusted_by, partner
MATCH (:CompetenceArea {id: $competence_area})<-[:PART_OF*0..]-(area:CompetenceArea)
MATCH (area)<-[:COMPETENT_IN|ADDRESSES]-(what:Activity|Organization)
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(member:Organization)
WITH DISTINCT coalesce(member.id, what.id) AS skilled_id
MATCH (skilled:Organization)
WHERE skilled.id = skilled_id AND skilled.id <> $organization AND (
  EXISTS { MATCH (skilled)-[:BASED_IN|WORKS_IN]->(:Region)-[:PART_OF*0..]->(:Region {id: $region}) }
  OR EXISTS {
    MATCH (skilled)-[:PARTICIPATED_IN]->(:Activity)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(:Region {id: $region})
  }
)
MATCH (skilled)-[:PARTICIPATED_IN|PARTNERED_WITH]-(what:Activity|Organization)
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(other:Organization)
WITH DISTINCT skilled.id AS skilled_id, coalesce(other.id, what.id) AS known_id
WITH known_id, collect(skilled_id) AS skilled_ids
MATCH (known:Organization)
WHERE known.id = known_id AND known.id <> $organization AND (
  EXISTS { MATCH (known)-[:PARTNERED_WITH]-(:Organization {id: $organization}) }
  OR EXISTS { MATCH (known)-[:PARTICIPATED_IN]->(shared:Activity) WHERE EXISTS {
    MATCH (shared)<-[:PARTICIPATED_IN]-(:Organization {id: $organization})
  } }
)
UNWIND skilled_ids AS skilled_id
WITH skilled_id, count(CASE WHEN known_id <> skilled_id THEN 1 END) AS trusted_by,
     count(CASE WHEN known_id = skilled_id THEN 1 END) > 0 AS partner
WHERE trusted_by >= $trusted_by
MATCH (candidate:Organization)
WHERE candidate.id = skilled_id
OPTIONAL MATCH (candidate)-[:COMPETENT_IN]->(skill:CompetenceArea)
WHERE EXISTS { MATCH (skill)-[:PART_OF*0..]->(:CompetenceArea {id: $competence_area}) }
WITH candidate, trusted_by, partner, count(skill) > 0 AS declared
OPTIONAL MATCH (candidate)-[part:PARTICIPATED_IN]->(work:Activity)
WHERE EXISTS { MATCH (work)-[:ADDRESSES]->(:CompetenceArea)-[:PART_OF*0..]->(:CompetenceArea {id: $competence_area}) }
WITH candidate, trusted_by, partner, declared, count(DISTINCT work) AS activities,
     count(DISTINCT CASE WHEN toLower(part.role) IN $lead_roles THEN work.id END) AS led
RETURN candidate.id AS organization_id, candidate.name AS organization, candidate.kind AS kind, declared, activities,
       led, trusted_by, partner
ORDER BY led DESC, declared DESC, trusted_by DESC, organization, organization_id

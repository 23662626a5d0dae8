// With whom do our peers partner that we do not?
//
// One row per such partner and peer; those come first with whom most of our peers partner. A peer is an organization of
// our kind that has a competence of ours; competences are those declared and the subjects of activities, as recorded.
// Partners share an activity (`activities` counts them) or have a formal agreement.
//
// param organization: Organization   our organization
// param kind: Organization.kind = ''   kind of the peers; empty for our own
// returns: partner_id, partner, partner_kind, peers, peer_id, peer, activities, formal
MATCH (us:Organization {id: $organization})-[:COMPETENT_IN|PARTICIPATED_IN|ADDRESSES*1..2]->(skill:CompetenceArea)
WITH us, collect(DISTINCT skill.id) AS skills
MATCH (peer:Organization)-[:COMPETENT_IN|PARTICIPATED_IN|ADDRESSES*1..2]->(skill:CompetenceArea)
WHERE skill.id IN skills AND peer.id <> $organization AND peer.kind = CASE WHEN $kind = '' THEN us.kind ELSE $kind END
WITH DISTINCT us, peer
MATCH (peer)-[tie:PARTICIPATED_IN|PARTNERED_WITH]-(what:Activity|Organization)
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(other:Organization)
WITH us, peer, type(tie) = 'PARTNERED_WITH' AS formal, what, coalesce(other.id, what.id) AS partner_id
WHERE partner_id <> peer.id AND partner_id <> $organization
WITH us, peer, partner_id, count(DISTINCT CASE WHEN NOT formal THEN what.id END) AS activities,
     count(CASE WHEN formal THEN 1 END) > 0 AS formal
MATCH (third:Organization)
WHERE third.id = partner_id
  AND NOT EXISTS { MATCH (us)-[:PARTNERED_WITH]-(third) }
  AND NOT EXISTS { MATCH (us)-[:PARTICIPATED_IN]->(:Activity)<-[:PARTICIPATED_IN]-(third) }
WITH third, count(*) AS peers,
     collect({id: peer.id, name: peer.name, activities: activities, formal: formal}) AS known_to
UNWIND known_to AS item
RETURN third.id AS partner_id, third.name AS partner, third.kind AS partner_kind, peers, item.id AS peer_id,
       item.name AS peer, item.activities AS activities, item.formal AS formal
ORDER BY peers DESC, partner, partner_id, activities DESC, peer, peer_id

// Which local organizations hang on one international partner?
//
// One row per organization whose partners include exactly one that is seated in another country. The seat is the
// country on record or, without one, that of the region where the organization is based; organizations whose seat is
// not known are left out, and `unknown` counts partners whose seat is not known: one of them may be a second.
// Partners share an activity or a formal agreement. `shared` counts the activities and agreements with the one
// partner, `local` the partners at home.
//
// param region: Region = ''   the region where the organization is based, with all that lies in it; empty for all
// param kind: Organization.kind = ''   kind of organization, such as ngo; empty for all
// returns: organization_id, organization, country, partner_id, partner, partner_country, shared, local, unknown
MATCH (home:Organization)
WHERE ($kind = '' OR home.kind = $kind) AND ($region = '' OR EXISTS {
  MATCH (home)-[:BASED_IN]->(:Region)-[:PART_OF*0..]->(:Region {id: $region})
})
OPTIONAL MATCH (home)-[:BASED_IN]->(:Region)-[:PART_OF*0..]->(seat:Region)
WITH home, min(seat.iso2) AS seat
WITH home, coalesce(home.country, seat) AS country
WHERE country IS NOT NULL
MATCH (home)-[:PARTICIPATED_IN|PARTNERED_WITH]-(what:Activity|Organization)
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(other:Organization)
WITH home, country, coalesce(other.id, what.id) AS partner_id, count(DISTINCT what) AS shared
WHERE partner_id <> home.id
MATCH (them:Organization {id: partner_id})
OPTIONAL MATCH (them)-[:BASED_IN]->(:Region)-[:PART_OF*0..]->(seat:Region)
WITH home, country, them, shared, min(seat.iso2) AS seat
WITH home, country, them, shared, coalesce(them.country, seat) AS their_country
WITH home, country, count(CASE WHEN their_country <> country THEN 1 END) AS abroad,
     max(CASE WHEN their_country <> country THEN them.id END) AS partner_id,
     max(CASE WHEN their_country <> country THEN their_country END) AS partner_country,
     max(CASE WHEN their_country <> country THEN shared END) AS shared,
     count(CASE WHEN their_country = country THEN 1 END) AS local,
     count(CASE WHEN their_country IS NULL THEN 1 END) AS unknown
WHERE abroad = 1
MATCH (one:Organization {id: partner_id})
RETURN home.id AS organization_id, home.name AS organization, country, partner_id, one.name AS partner,
       partner_country, shared, local, unknown
ORDER BY country, partner, partner_id, organization, organization_id

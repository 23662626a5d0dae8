// What is the source of this link, who reported it, do both sides?
//
// One row per statement that ties the two organizations: that one of them took part in an activity in which the
// other took part too, that they have a formal agreement, or that one is a member of the other. `said_of` is the
// organization from which the statement starts; a tie is known from both sides where it stands in rows of both.
// `detail` is the role or the kind of agreement. A source that is named but not described has no title.
//
// param organization: Organization   one organization
// param partner: Organization   the other
// returns: tie, what_id, what, said_of_id, said_of, detail, source_id, source, publisher, record
MATCH (one:Organization)-[said:PARTICIPATED_IN|PARTNERED_WITH|MEMBER_OF]->(thing:Activity|Organization)
WHERE one.id IN [$organization, $partner] AND (
  type(said) <> 'PARTICIPATED_IN' AND thing.id IN [$organization, $partner]
  OR type(said) = 'PARTICIPATED_IN' AND EXISTS {
    MATCH (thing)<-[:PARTICIPATED_IN]-(other:Organization)
    WHERE other.id IN [$organization, $partner] AND other.id <> one.id
  }
)
OPTIONAL MATCH (origin:Source {id: said.source})
RETURN type(said) AS tie, thing.id AS what_id, thing.name AS what, one.id AS said_of_id, one.name AS said_of,
       coalesce(said.role, said.kind, '') AS detail, said.source AS source_id, origin.title AS source,
       origin.publisher AS publisher, said.record AS record
ORDER BY tie, what, what_id, said_of, said_of_id, detail, source_id, record

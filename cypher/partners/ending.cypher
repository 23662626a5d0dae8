// Which of our partnerships end in the next six months, with no renewal?
//
// One row per shared activity or formal agreement that ends between `day` and `until`, for each partner with whom
// nothing goes on after that. Renewed means that something with the same partner ends after `until`, or begins on or
// after `day` with no recorded end. What began earlier and has no recorded end is no proof of a renewal:
// `without_end` counts it, so look there before you call.
//
// param organization: Organization   our organization
// param day: date = today   first day of the period
// param until: date = day + 6 months   last day of the period
// returns: partner_id, partner, through, what_id, what, ended, without_end
MATCH (us:Organization {id: $organization})-[tie:PARTICIPATED_IN|PARTNERED_WITH]-(what:Activity|Organization)
WITH DISTINCT what, type(tie) = 'PARTNERED_WITH' AS formal, tie.kind AS agreement,
     coalesce(what.started, tie.started) AS started, coalesce(what.ended, tie.ended) AS ended
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(other:Organization)
WITH DISTINCT what, formal, agreement, started, ended,
     coalesce(other.id, what.id) AS partner_id, coalesce(other.name, what.name) AS partner
WHERE partner_id <> $organization
WITH partner_id, partner,
     count(CASE WHEN ended > $until OR ended IS NULL AND started >= $day THEN 1 END) AS renewals,
     count(CASE WHEN ended IS NULL THEN 1 END) AS without_end,
     collect({id: CASE WHEN formal THEN null ELSE what.id END,
              name: CASE WHEN formal THEN agreement ELSE what.name END,
              through: CASE WHEN formal THEN 'agreement' ELSE 'activity' END,
              ended: ended}) AS ties
WHERE renewals = 0
UNWIND ties AS item
WITH partner_id, partner, item, without_end
WHERE item.ended >= $day AND item.ended <= $until
RETURN partner_id, partner, item.through AS through, item.id AS what_id, item.name AS what,
       item.ended AS ended, without_end
ORDER BY ended, partner, partner_id, through, what, what_id

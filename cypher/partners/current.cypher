// Who are we working with now, on what, where, until when?
//
// One row per partner, shared activity or formal agreement, and region of the activity. An empty `ended` means that
// no end is recorded: such an activity counts if it began on or after `since`, such an agreement is taken to be in
// force. Activities without any date cannot be placed in time and are left out; quality/incomplete_activities lists
// them.
//
// param organization: Organization   our organization
// param day: date = today   the day that "now" stands for
// param since: date = day - 5 years   an activity without a recorded end counts if it began on or after this day
// returns: partner_id, partner, through, what_id, what, region_id, region, started, ended
MATCH (us:Organization {id: $organization})-[tie:PARTICIPATED_IN|PARTNERED_WITH]-(what:Activity|Organization)
WITH DISTINCT what, type(tie) = 'PARTNERED_WITH' AS formal, tie.kind AS agreement,
     coalesce(what.started, tie.started) AS started, coalesce(what.ended, tie.ended) AS ended
WHERE (started IS NULL OR started <= $day)
  AND (ended >= $day OR ended IS NULL AND (formal OR started >= $since))
OPTIONAL MATCH (what)<-[:PARTICIPATED_IN]-(other:Organization)
WITH DISTINCT what, formal, agreement, started, ended,
     coalesce(other.id, what.id) AS partner_id, coalesce(other.name, what.name) AS partner
WHERE partner_id <> $organization
OPTIONAL MATCH (what)-[:TOOK_PLACE_IN]->(place:Region)
RETURN DISTINCT partner_id, partner,
       CASE WHEN formal THEN 'agreement' ELSE 'activity' END AS through,
       CASE WHEN formal THEN null ELSE what.id END AS what_id,
       CASE WHEN formal THEN agreement ELSE what.name END AS what,
       place.id AS region_id, place.name AS region, started, ended
ORDER BY partner, partner_id, ended, through, what, what_id, region, region_id, started

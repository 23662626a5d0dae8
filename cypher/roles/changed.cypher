// Who has changed role?
//
// One row per organization and role that it took up (new) or gave up since a day; organizations that were active
// both before that day and since. An activity counts before if it began before that day, and since if it ended on or
// after it or goes on; where no end is on record, its beginning is taken for the end. The case of letters makes no
// difference between roles; where no role is on record nothing is said.
//
// param since: date = today - 3 years   the day that parts before from since
// param organization: Organization = ''   one organization; empty for all
// returns: organization_id, organization, role, change, before, after, first, last
MATCH (member:Organization)-[part:PARTICIPATED_IN]->(work:Activity)
WHERE $organization = '' OR member.id = $organization
WITH member, toLower(part.role) AS role, work.id AS id, coalesce(work.started, work.ended) AS started,
     coalesce(work.ended, work.started) AS ended
WHERE started IS NOT NULL
WITH member, role, min(started) AS first, max(ended) AS last,
     count(DISTINCT CASE WHEN started < $since THEN id END) AS before,
     count(DISTINCT CASE WHEN ended >= $since THEN id END) AS after
WITH member, collect({name: role, first: first, last: last, before: before, after: after}) AS roles,
     coalesce(sum(before), 0) AS all_before, coalesce(sum(after), 0) AS all_after
WHERE all_before > 0 AND all_after > 0
UNWIND roles AS item
WITH member, item
WHERE item.name <> '' AND (item.before = 0 OR item.after = 0)
RETURN member.id AS organization_id, member.name AS organization, item.name AS role,
       CASE WHEN item.before = 0 THEN 'new' ELSE 'given up' END AS change, item.before AS before, item.after AS after,
       item.first AS first, item.last AS last
ORDER BY organization, organization_id, change, role

// What names exist for an organization?
//
// One row per organization whose name or id contains the text or whose acronym is the text, and source that describes
// it, as they were loaded: two rows with different ids may be one body. The command resolve finds such pairs and keeps
// what you judge. The case of letters makes no difference.
//
// param text: str   text that the name or id contains, or an acronym
// returns: organization_id, organization, acronym, kind, country, activities, source_id, source
MATCH (found:Organization)
WHERE toLower(found.name) CONTAINS toLower($text) OR toLower(found.id) CONTAINS toLower($text)
   OR toLower(found.acronym) = toLower($text)
OPTIONAL MATCH (found)-[:PARTICIPATED_IN]->(work:Activity)
WITH found, count(DISTINCT work) AS activities
OPTIONAL MATCH (source:Source)
WHERE source.id IN found.sources
RETURN found.id AS organization_id, found.name AS organization, found.acronym AS acronym, found.kind AS kind,
       found.country AS country, activities, source.id AS source_id, source.title AS source
ORDER BY organization, organization_id, source_id

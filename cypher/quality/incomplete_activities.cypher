// Which activities have no competence, region or partner recorded?
//
// One row per activity that lacks a competence area, a region, a second organization or any date, those that lack
// most first. Without a date an activity is missing from every answer about time.
//
// returns: activity_id, activity, competence_areas, regions, organizations, dated, lacking
MATCH (work:Activity)
OPTIONAL MATCH (work)-[:ADDRESSES]->(area:CompetenceArea)
WITH work, count(DISTINCT area) AS competence_areas
OPTIONAL MATCH (work)-[:TOOK_PLACE_IN]->(place:Region)
WITH work, competence_areas, count(DISTINCT place) AS regions
OPTIONAL MATCH (work)<-[:PARTICIPATED_IN]-(member:Organization)
WITH work, competence_areas, regions, count(DISTINCT member) AS organizations
WITH work, competence_areas, regions, organizations,
     work.started IS NOT NULL OR work.ended IS NOT NULL AS dated
WITH work, competence_areas, regions, organizations, dated,
     CASE WHEN competence_areas = 0 THEN 1 ELSE 0 END + CASE WHEN regions = 0 THEN 1 ELSE 0 END
     + CASE WHEN organizations < 2 THEN 1 ELSE 0 END + CASE WHEN dated THEN 0 ELSE 1 END AS lacking
WHERE lacking > 0
RETURN work.id AS activity_id, work.name AS activity, competence_areas, regions, organizations, dated, lacking
ORDER BY lacking DESC, activity, activity_id

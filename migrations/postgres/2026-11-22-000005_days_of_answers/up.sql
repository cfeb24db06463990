-- The answers of some days without the rest of the log: joint counts of a level in a period are made of them.
CREATE INDEX response_day ON response (org_id, survey_id, service_day, log_position);

-- Derived rows that are kept no longer.
DELETE FROM cell WHERE part = 2 AND split <> 0 AND period <> 0;

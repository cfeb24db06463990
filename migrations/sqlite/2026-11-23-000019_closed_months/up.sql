-- The report of a month as it was fourteen days after its end, for the reader who may see least: sums that passed the guard.
CREATE TABLE closed_month (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  month INTEGER NOT NULL,
  closed_at BIGINT NOT NULL,
  version TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (org_id, survey_id, month),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
);

-- What happened on a day, in the words of whoever reads the trend: a new courier, a strike.
CREATE TABLE annotation (
  org_id INTEGER NOT NULL,
  annotation_id BYTEA NOT NULL,
  survey_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  words TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, annotation_id),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
);
CREATE INDEX annotation_day ON annotation (org_id, survey_id, day);

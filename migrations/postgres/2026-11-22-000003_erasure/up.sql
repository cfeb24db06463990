-- What remains of erased customers: that somebody was there, where in the log, and until when. Never who, nor what.

CREATE TABLE erasure (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  log_position BIGINT NOT NULL,
  erased_at BIGINT NOT NULL,
  customers INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  invitations INTEGER NOT NULL,
  responses INTEGER NOT NULL,
  PRIMARY KEY (org_id, log_position)
);

-- The place of an erased response in its log, with the groups it was counted in, so that the steps in which figures
-- move stay where they were. No answers, no ids, no days but the first of a week's part of a month.
CREATE TABLE erased_entry (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  log_position BIGINT NOT NULL,
  corrects_position BIGINT NOT NULL,
  erased_position BIGINT NOT NULL,
  language TEXT NOT NULL,
  channel SMALLINT NOT NULL,
  contact_channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  segment_1 SMALLINT NOT NULL,
  segment_2 SMALLINT NOT NULL,
  starts_on INTEGER NOT NULL,
  first_of_year BOOLEAN NOT NULL,
  test BOOLEAN NOT NULL,
  PRIMARY KEY (org_id, survey_id, log_position),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id),
  FOREIGN KEY (org_id, erased_position) REFERENCES erasure (org_id, log_position)
);

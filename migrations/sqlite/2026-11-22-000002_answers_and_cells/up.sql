-- Answers that need no invitation, kept in the order of their log; declared segments; counts folded from the log.

CREATE TABLE kept_comment AS SELECT * FROM comment;
DROP TABLE comment;
CREATE TABLE kept_response AS SELECT * FROM response;
DROP TABLE response;

-- Append-only: the newest revision counts; log_position is commit-ordered within an organisation.
CREATE TABLE response (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  log_position BIGINT NOT NULL,
  response_id BLOB NOT NULL,
  revision SMALLINT NOT NULL,
  form SMALLINT NOT NULL,
  length SMALLINT NOT NULL,
  language TEXT NOT NULL,
  channel SMALLINT NOT NULL,
  contact_channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  segment_1 SMALLINT NOT NULL,
  segment_2 SMALLINT NOT NULL,
  service_day INTEGER NOT NULL,
  collection_mode SMALLINT NOT NULL,
  customer_group SMALLINT NOT NULL,
  first_of_year BOOLEAN NOT NULL,
  finished BOOLEAN NOT NULL,
  test BOOLEAN NOT NULL,
  quality_flag SMALLINT NOT NULL,
  answers BLOB NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id, log_position),
  UNIQUE (org_id, response_id, revision),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;

INSERT INTO response
  SELECT org_id, survey_id, log_position, invitation_id, revision, form, length, language, channel, contact_channel,
    place_id, 0, 0, service_day, collection_mode, customer_group, first_of_year, finished, test, quality_flag, answers,
    answered_at
  FROM kept_response ORDER BY org_id, survey_id, log_position;
DROP TABLE kept_response;

-- What was written in words: personal data, kept apart from the counted answers.
CREATE TABLE comment (
  org_id INTEGER NOT NULL,
  response_id BLOB NOT NULL,
  revision SMALLINT NOT NULL,
  language TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (org_id, response_id, revision),
  FOREIGN KEY (org_id, response_id, revision) REFERENCES response (org_id, response_id, revision)
) WITHOUT ROWID;

INSERT INTO comment SELECT org_id, invitation_id, revision, language, words FROM kept_comment;
DROP TABLE kept_comment;

CREATE TABLE segment (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  number SMALLINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (org_id, survey_id, number),
  UNIQUE (org_id, survey_id, name),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;

CREATE TABLE segment_level (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  number SMALLINT NOT NULL,
  level SMALLINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (org_id, survey_id, number, level),
  UNIQUE (org_id, survey_id, number, name),
  FOREIGN KEY (org_id, survey_id, number) REFERENCES segment (org_id, survey_id, number)
) WITHOUT ROWID;

-- Counts of a survey up to an entry of the log: derived from the responses, never the other way round.
CREATE TABLE fold_mark (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  folded_to BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;

CREATE TABLE cell (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  part SMALLINT NOT NULL,
  split SMALLINT NOT NULL,
  level TEXT NOT NULL,
  period SMALLINT NOT NULL,
  starts_on INTEGER NOT NULL,
  counts BLOB NOT NULL,
  PRIMARY KEY (org_id, survey_id, part, split, period, starts_on, level),
  FOREIGN KEY (org_id, survey_id) REFERENCES fold_mark (org_id, survey_id)
);

-- What an organisation says in its own words, by language; an empty language stands for all that have none of their own.
CREATE TABLE organisation_words (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  kind SMALLINT NOT NULL,
  language TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (org_id, kind, language)
);

-- Below how many points of 100 an answer is low (0: at its two lowest codes), and a page with help.
ALTER TABLE organisation ADD COLUMN recovery_below SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN recovery_link TEXT NOT NULL DEFAULT '';

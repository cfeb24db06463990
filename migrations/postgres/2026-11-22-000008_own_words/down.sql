ALTER TABLE organisation DROP COLUMN recovery_link;
ALTER TABLE organisation DROP COLUMN recovery_below;
DROP TABLE organisation_words;

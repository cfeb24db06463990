-- The survey whose score everybody may see under /score/<slug>; 0 for none.
ALTER TABLE organisation ADD COLUMN public_survey_id INTEGER NOT NULL DEFAULT 0;

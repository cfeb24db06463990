ALTER TABLE organisation DROP COLUMN public_survey_id;

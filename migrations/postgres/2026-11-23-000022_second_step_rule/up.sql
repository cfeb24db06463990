-- Who is asked for a second step when signing in: 1 whoever has switched it on, 2 everybody.
ALTER TABLE organisation ADD COLUMN second_step_rule SMALLINT NOT NULL DEFAULT 1;

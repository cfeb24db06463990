ALTER TABLE organisation DROP COLUMN second_step_rule;

CREATE TABLE form_balance_old (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  form SMALLINT NOT NULL,
  invited BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id, form),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;
INSERT INTO form_balance_old (org_id, survey_id, form, invited)
  SELECT org_id, survey_id, form, SUM(invited) FROM form_balance GROUP BY org_id, survey_id, form;
DROP TABLE form_balance;
ALTER TABLE form_balance_old RENAME TO form_balance;
ALTER TABLE survey DROP COLUMN paging;
ALTER TABLE survey DROP COLUMN full_share;
ALTER TABLE survey DROP COLUMN expectation_id;
ALTER TABLE survey DROP COLUMN modules;
ALTER TABLE survey DROP COLUMN first_in_mail;
ALTER TABLE invitation DROP COLUMN module;
ALTER TABLE invitation DROP COLUMN looks_back;
ALTER TABLE saved_page DROP COLUMN marks;
ALTER TABLE response DROP COLUMN paging;
ALTER TABLE response DROP COLUMN item_order;
ALTER TABLE response DROP COLUMN marks;
ALTER TABLE response DROP COLUMN pace;

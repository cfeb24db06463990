-- How a survey asks: on what pages, how many customers everything, before the service or after it, with what modules.
ALTER TABLE survey ADD COLUMN paging SMALLINT NOT NULL DEFAULT 2;
ALTER TABLE survey ADD COLUMN full_share SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN expectation_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN modules TEXT NOT NULL DEFAULT '';
ALTER TABLE survey ADD COLUMN first_in_mail BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE invitation ADD COLUMN module SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE invitation ADD COLUMN looks_back BOOLEAN NOT NULL DEFAULT TRUE;

-- How a form was filled: what looked like a program, and how long the pages took.
ALTER TABLE saved_page ADD COLUMN marks SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE response ADD COLUMN paging SMALLINT NOT NULL DEFAULT 2;
ALTER TABLE response ADD COLUMN item_order SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE response ADD COLUMN marks SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE response ADD COLUMN pace BLOB NOT NULL DEFAULT x'';

-- Forms are balanced within channel and place.
CREATE TABLE form_balance_new (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  form SMALLINT NOT NULL,
  invited BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id, channel, place_id, form),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;
INSERT INTO form_balance_new (org_id, survey_id, channel, place_id, form, invited)
  SELECT invitation.org_id, survey_id, purchase_order.channel, purchase_order.place_id, form, COUNT(*)
  FROM invitation JOIN purchase_order
    ON purchase_order.org_id = invitation.org_id AND purchase_order.order_id = invitation.order_id
  WHERE form >= 0
  GROUP BY invitation.org_id, survey_id, purchase_order.channel, purchase_order.place_id, form;
DROP TABLE form_balance;
ALTER TABLE form_balance_new RENAME TO form_balance;

-- Whom a survey asks and when, how often a customer is mailed, what became of each mail, and every decision about it.
ALTER TABLE survey ADD COLUMN sample_share SMALLINT NOT NULL DEFAULT 100;
ALTER TABLE survey ADD COLUMN active_from BIGINT;
ALTER TABLE survey ADD COLUMN places TEXT NOT NULL DEFAULT '';
ALTER TABLE survey ADD COLUMN priority SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN reminders SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN reminder_after_s BIGINT NOT NULL DEFAULT 604800;
ALTER TABLE organisation ADD COLUMN cap_mails SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN cap_days SMALLINT NOT NULL DEFAULT 90;
ALTER TABLE organisation ADD COLUMN resend SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE organisation ADD COLUMN paused_at BIGINT;
ALTER TABLE organisation ADD COLUMN pause_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN held_at BIGINT;
ALTER TABLE customer ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE purchase_order ADD COLUMN complaint_closed_at BIGINT;

-- One mail: the invitation, or a reminder of it. Its message id follows from its key, so that it never changes.
CREATE TABLE outbox (
  org_id INTEGER NOT NULL,
  invitation_id BLOB NOT NULL,
  occasion SMALLINT NOT NULL,
  customer_id BLOB NOT NULL,
  state SMALLINT NOT NULL,
  attempts INTEGER NOT NULL,
  doubts SMALLINT NOT NULL,
  began_at BIGINT,
  sent_at BIGINT,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, invitation_id, occasion),
  FOREIGN KEY (org_id, invitation_id) REFERENCES invitation (org_id, invitation_id)
);
CREATE INDEX outbox_by_customer ON outbox (org_id, customer_id);
CREATE INDEX outbox_by_time ON outbox (org_id, began_at);

-- Append-only: what was decided about an invitation, when and why.
CREATE TABLE delivery_note (
  org_id INTEGER NOT NULL,
  invitation_id BLOB NOT NULL,
  note_id BLOB NOT NULL,
  event SMALLINT NOT NULL,
  reason SMALLINT NOT NULL,
  occasion SMALLINT NOT NULL,
  send_at BIGINT,
  words TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, invitation_id, note_id),
  FOREIGN KEY (org_id, invitation_id) REFERENCES invitation (org_id, invitation_id)
) WITHOUT ROWID;

-- Who is not mailed any more: keyed hashes of addresses, which outlive the customer.
CREATE TABLE suppression (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  address_hash BLOB NOT NULL,
  cause SMALLINT NOT NULL,
  suppressed_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, address_hash)
) WITHOUT ROWID;

-- Mails that were sent before there was an outbox.
INSERT INTO outbox (org_id, invitation_id, occasion, customer_id, state, attempts, doubts, began_at, sent_at, last_error,
    created_at)
  SELECT org_id, invitation_id, 1, customer_id, CASE state WHEN 6 THEN 5 ELSE 3 END, 1, 0, sent_at, sent_at, '',
    created_at
  FROM invitation WHERE sent_at IS NOT NULL;
INSERT INTO outbox (org_id, invitation_id, occasion, customer_id, state, attempts, doubts, began_at, sent_at, last_error,
    created_at)
  SELECT org_id, invitation_id, 1, customer_id, 1, 0, 0, NULL, NULL, '', created_at
  FROM invitation WHERE state = 1 AND send_at IS NOT NULL AND reason <> 14;

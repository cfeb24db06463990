-- Somebody's wish for the figures of a view by mail, each week or each month. No key to the view: who deletes a view ends its mails.
CREATE TABLE report_mail (
  org_id INTEGER NOT NULL,
  report_mail_id BYTEA NOT NULL,
  member_id BYTEA NOT NULL,
  view_id BYTEA NOT NULL,
  rhythm SMALLINT NOT NULL,
  language TEXT NOT NULL,
  token_hash BYTEA NOT NULL,
  link_key_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  stopped_at BIGINT,
  PRIMARY KEY (org_id, report_mail_id),
  FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, member_id)
);
CREATE UNIQUE INDEX report_mail_wish ON report_mail (org_id, member_id, view_id, rhythm);
CREATE UNIQUE INDEX report_mail_token ON report_mail (org_id, token_hash);

-- One mail of it: the figures of one period, and what became of it.
CREATE TABLE report_mail_run (
  org_id INTEGER NOT NULL,
  report_mail_id BYTEA NOT NULL,
  starts_on INTEGER NOT NULL,
  state SMALLINT NOT NULL,
  attempts INTEGER NOT NULL,
  doubts SMALLINT NOT NULL,
  began_at BIGINT,
  sent_at BIGINT,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, report_mail_id, starts_on),
  FOREIGN KEY (org_id, report_mail_id) REFERENCES report_mail (org_id, report_mail_id)
);

-- What brings an invitation to a customer: a mail, a short message by the organisation's own gateway, or a printed slip.
ALTER TABLE survey ADD COLUMN carriers TEXT NOT NULL DEFAULT 'mail';
ALTER TABLE invitation ADD COLUMN carrier SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE organisation ADD COLUMN gateway_url TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN gateway_rotation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN gateway_link_key_id TEXT NOT NULL DEFAULT '';
-- Mails that came back are counted from here on: a pause that was ended is not begun again by the same ones.
ALTER TABLE organisation ADD COLUMN counted_since BIGINT;

-- The short code of a printed slip: only a hash of it.
CREATE TABLE slip (
  org_id INTEGER NOT NULL,
  code_hash BLOB NOT NULL,
  invitation_id BLOB NOT NULL,
  PRIMARY KEY (org_id, code_hash),
  FOREIGN KEY (org_id, invitation_id) REFERENCES invitation (org_id, invitation_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX slip_by_invitation ON slip (org_id, invitation_id);

-- A member's second step of signing in: the secret that their phone holds, too, sealed by the link key.
CREATE TABLE second_step (
  org_id INTEGER NOT NULL,
  member_id BLOB NOT NULL,
  link_key_id TEXT NOT NULL,
  salt BLOB NOT NULL,
  sealed BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL,
  PRIMARY KEY (org_id, member_id),
  FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, member_id)
) WITHOUT ROWID;

-- What lets a member in once when the phone is gone. Only the hash of a code is kept, and deleted with its use.
CREATE TABLE recovery_code (
  org_id INTEGER NOT NULL,
  member_id BLOB NOT NULL,
  code_hash BLOB NOT NULL,
  PRIMARY KEY (org_id, member_id, code_hash),
  FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, member_id)
) WITHOUT ROWID;

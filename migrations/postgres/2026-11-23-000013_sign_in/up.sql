-- A person of an organisation who signs in. The same address may belong to several organisations, with a password in each.
CREATE TABLE member (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  member_id BYTEA NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role SMALLINT NOT NULL,
  grants TEXT NOT NULL,
  password TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  PRIMARY KEY (org_id, member_id),
  UNIQUE (org_id, email)
);
CREATE INDEX member_email ON member (email);

-- A link by which a member sets a password, once. Only the hash of its secret is kept.
CREATE TABLE setup_link (
  org_id INTEGER NOT NULL,
  token_hash BYTEA NOT NULL,
  member_id BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, token_hash),
  FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, member_id)
);
CREATE INDEX setup_link_member ON setup_link (org_id, member_id);

-- A member who is signed in, in one browser. Only the hash of the cookie's secret is kept.
CREATE TABLE member_session (
  org_id INTEGER NOT NULL,
  token_hash BYTEA NOT NULL,
  member_id BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, token_hash),
  FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, member_id)
);
CREATE INDEX member_session_member ON member_session (org_id, member_id);

-- Keys are led by org_id; ids are UUID v7 in 16 bytes; times are microseconds UTC; see migrations/README.md.

CREATE TABLE organisation (
  org_id INTEGER NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  route TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  privacy_text TEXT NOT NULL,
  privacy_url TEXT NOT NULL,
  retention_months INTEGER NOT NULL,
  accent TEXT NOT NULL,
  zone TEXT NOT NULL,
  correction_hours INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE log_position (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  last_position BIGINT NOT NULL,
  PRIMARY KEY (org_id)
);

CREATE TABLE api_key (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  key_id TEXT NOT NULL,
  role SMALLINT NOT NULL,
  grants TEXT NOT NULL,
  test BOOLEAN NOT NULL,
  secret_hash BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (org_id, key_id)
) WITHOUT ROWID;

CREATE TABLE idempotency (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  key_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  status SMALLINT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, key_id, idempotency_key)
) WITHOUT ROWID;

CREATE INDEX idempotency_age ON idempotency (org_id, created_at);

CREATE TABLE place (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  place_id INTEGER NOT NULL,
  place_key TEXT NOT NULL,
  PRIMARY KEY (org_id, place_id),
  UNIQUE (org_id, place_key)
);

CREATE TABLE customer (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  customer_id BLOB NOT NULL,
  match_hash BLOB NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  name TEXT NOT NULL,
  external_id TEXT NOT NULL,
  language TEXT NOT NULL,
  customer_group SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, customer_id),
  UNIQUE (org_id, match_hash)
);

CREATE TABLE purchase_order (
  org_id INTEGER NOT NULL,
  order_id BLOB NOT NULL,
  test BOOLEAN NOT NULL,
  order_number TEXT NOT NULL,
  customer_id BLOB NOT NULL,
  channel SMALLINT NOT NULL,
  contact_channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  language TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  expected_delivery_at BIGINT,
  value_minor BIGINT,
  currency TEXT NOT NULL,
  attributes TEXT NOT NULL,
  basis_kind SMALLINT NOT NULL,
  basis_text TEXT NOT NULL,
  notice_at BIGINT,
  shipped_at BIGINT,
  delivered_at BIGINT,
  cancelled_at BIGINT,
  returned_at BIGINT,
  complaint_open BOOLEAN NOT NULL,
  fingerprint BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, order_id),
  UNIQUE (org_id, test, order_number),
  FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, customer_id),
  FOREIGN KEY (org_id, place_id) REFERENCES place (org_id, place_id)
);

-- Events may come before their order, hence no foreign key to it.
CREATE TABLE order_event (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  event_id BLOB NOT NULL,
  test BOOLEAN NOT NULL,
  order_number TEXT NOT NULL,
  kind SMALLINT NOT NULL,
  channel SMALLINT NOT NULL,
  happened_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, event_id),
  UNIQUE (org_id, test, order_number, kind, channel, happened_at)
);

CREATE TABLE instrument_version (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  instrument_key TEXT NOT NULL,
  version INTEGER NOT NULL,
  source TEXT NOT NULL,
  source_hash BLOB NOT NULL,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, instrument_key, version)
);

CREATE TABLE survey (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  survey_key TEXT NOT NULL,
  instrument_key TEXT NOT NULL,
  instrument_version INTEGER NOT NULL,
  length SMALLINT NOT NULL,
  event SMALLINT NOT NULL,
  delay_s BIGINT NOT NULL,
  quiet TEXT NOT NULL,
  languages TEXT NOT NULL,
  valid_days INTEGER NOT NULL,
  state SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id),
  UNIQUE (org_id, survey_key),
  FOREIGN KEY (org_id, instrument_key, instrument_version)
    REFERENCES instrument_version (org_id, instrument_key, version)
);

CREATE TABLE form_balance (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  form SMALLINT NOT NULL,
  invited BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id, form),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;

CREATE TABLE invitation (
  org_id INTEGER NOT NULL,
  invitation_id BLOB NOT NULL,
  survey_id INTEGER NOT NULL,
  order_id BLOB NOT NULL,
  customer_id BLOB NOT NULL,
  form SMALLINT NOT NULL,
  length SMALLINT NOT NULL,
  language TEXT NOT NULL,
  state SMALLINT NOT NULL,
  reason SMALLINT NOT NULL,
  send_at BIGINT,
  sent_at BIGINT,
  started_at BIGINT,
  answered_at BIGINT,
  expires_at BIGINT,
  token_hash BLOB NOT NULL,
  link_key_id TEXT NOT NULL,
  test BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, invitation_id),
  UNIQUE (org_id, survey_id, order_id),
  UNIQUE (org_id, token_hash),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id),
  FOREIGN KEY (org_id, order_id) REFERENCES purchase_order (org_id, order_id),
  FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, customer_id)
);
CREATE INDEX invitation_by_customer ON invitation (org_id, customer_id, survey_id);
CREATE INDEX invitation_by_order ON invitation (org_id, order_id);

-- Append-only: each posting of a page is a new revision. A comment stands here as it was posted.
CREATE TABLE saved_page (
  org_id INTEGER NOT NULL,
  invitation_id BLOB NOT NULL,
  page SMALLINT NOT NULL,
  revision SMALLINT NOT NULL,
  passed BOOLEAN NOT NULL,
  language TEXT NOT NULL,
  answers BLOB NOT NULL,
  comment TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, invitation_id, page, revision),
  FOREIGN KEY (org_id, invitation_id) REFERENCES invitation (org_id, invitation_id)
) WITHOUT ROWID;

-- Append-only: the newest revision counts; log_position is commit-ordered within an organisation.
CREATE TABLE response (
  org_id INTEGER NOT NULL,
  invitation_id BLOB NOT NULL,
  revision SMALLINT NOT NULL,
  log_position BIGINT NOT NULL,
  survey_id INTEGER NOT NULL,
  form SMALLINT NOT NULL,
  length SMALLINT NOT NULL,
  language TEXT NOT NULL,
  channel SMALLINT NOT NULL,
  contact_channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  service_day INTEGER NOT NULL,
  collection_mode SMALLINT NOT NULL,
  customer_group SMALLINT NOT NULL,
  first_of_year BOOLEAN NOT NULL,
  finished BOOLEAN NOT NULL,
  test BOOLEAN NOT NULL,
  quality_flag SMALLINT NOT NULL,
  answers BLOB NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, invitation_id, revision),
  FOREIGN KEY (org_id, invitation_id) REFERENCES invitation (org_id, invitation_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX response_log ON response (org_id, log_position);

-- What was written in words: personal data, kept apart from the counted answers.
CREATE TABLE comment (
  org_id INTEGER NOT NULL,
  invitation_id BLOB NOT NULL,
  revision SMALLINT NOT NULL,
  language TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (org_id, invitation_id, revision),
  FOREIGN KEY (org_id, invitation_id, revision) REFERENCES response (org_id, invitation_id, revision)
) WITHOUT ROWID;

CREATE TABLE job (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  job_id BLOB NOT NULL,
  kind SMALLINT NOT NULL,
  subject_id BLOB NOT NULL,
  state SMALLINT NOT NULL,
  due_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, job_id),
  UNIQUE (org_id, kind, subject_id)
);
CREATE INDEX job_due ON job (state, due_at, org_id);

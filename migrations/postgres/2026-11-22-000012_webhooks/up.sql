-- An address to which an organisation has events brought.
CREATE TABLE webhook (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  webhook_id BYTEA NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  test BOOLEAN NOT NULL,
  state SMALLINT NOT NULL,
  reason SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, webhook_id)
);

-- By which keys its posts are signed: which of them, never the key itself. Two while the older one still counts.
CREATE TABLE webhook_secret (
  org_id INTEGER NOT NULL,
  webhook_id BYTEA NOT NULL,
  rotation INTEGER NOT NULL,
  link_key_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  retires_at BIGINT,
  PRIMARY KEY (org_id, webhook_id, rotation),
  FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, webhook_id)
);

-- Whose turn it is: until when somebody works on an endpoint, or it is left alone because it failed. A row of its own, so
-- that whoever notes an event does not wait for whoever brings one.
CREATE TABLE webhook_turn (
  org_id INTEGER NOT NULL,
  webhook_id BYTEA NOT NULL,
  held_until BIGINT NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (org_id, webhook_id),
  FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, webhook_id)
);

-- What happened, as it is told: JSON with ids, never with a name, an address or an answer.
CREATE TABLE webhook_message (
  org_id INTEGER NOT NULL REFERENCES organisation (org_id),
  message_id BYTEA NOT NULL,
  kind SMALLINT NOT NULL,
  subject_id BYTEA NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, message_id)
);
CREATE INDEX webhook_message_subject ON webhook_message (org_id, subject_id);

CREATE TABLE webhook_delivery (
  org_id INTEGER NOT NULL,
  webhook_id BYTEA NOT NULL,
  message_id BYTEA NOT NULL,
  state SMALLINT NOT NULL,
  attempts INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, webhook_id, message_id),
  FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, webhook_id),
  FOREIGN KEY (org_id, message_id) REFERENCES webhook_message (org_id, message_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (org_id, webhook_id, state, next_at);
CREATE INDEX webhook_delivery_message ON webhook_delivery (org_id, message_id);

CREATE TABLE webhook_attempt (
  org_id INTEGER NOT NULL,
  webhook_id BYTEA NOT NULL,
  message_id BYTEA NOT NULL,
  number INTEGER NOT NULL,
  tried_at BIGINT NOT NULL,
  status SMALLINT NOT NULL,
  error TEXT NOT NULL,
  took_ms INTEGER NOT NULL,
  PRIMARY KEY (org_id, webhook_id, message_id, number),
  FOREIGN KEY (org_id, webhook_id, message_id) REFERENCES webhook_delivery (org_id, webhook_id, message_id)
);

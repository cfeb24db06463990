-- An old order that was brought in to be known and not to be asked about: it is offered to no survey.
ALTER TABLE purchase_order ADD COLUMN quiet BOOLEAN NOT NULL DEFAULT FALSE;

-- A shop that tells of its orders by itself. Its secret stands here sealed, or can be made again; never as it is.
CREATE TABLE shop_hook (
  org_id INTEGER NOT NULL,
  hook_id BYTEA NOT NULL,
  kind SMALLINT NOT NULL,
  test BOOLEAN NOT NULL,
  channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  basis_kind SMALLINT NOT NULL,
  basis_text TEXT NOT NULL,
  link_key_id TEXT NOT NULL,
  salt BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  seen_at BIGINT,
  problem_at BIGINT,
  problem TEXT NOT NULL,
  PRIMARY KEY (org_id, hook_id),
  FOREIGN KEY (org_id, place_id) REFERENCES place (org_id, place_id)
);

-- What came by a hook, so that the same delivery has one effect; kept for 60 days.
CREATE TABLE hook_delivery (
  org_id INTEGER NOT NULL,
  hook_id BYTEA NOT NULL,
  delivery_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  outcome SMALLINT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (org_id, hook_id, delivery_id),
  FOREIGN KEY (org_id, hook_id) REFERENCES shop_hook (org_id, hook_id)
);
CREATE INDEX hook_delivery_received ON hook_delivery (org_id, hook_id, received_at);

-- A shop's own id of an order with our number of it, and how new what we know of it is. A refund that came before its
-- order waits here.
CREATE TABLE shop_order (
  org_id INTEGER NOT NULL,
  hook_id BYTEA NOT NULL,
  shop_order_id TEXT NOT NULL,
  test BOOLEAN NOT NULL,
  order_number TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  refunded_at BIGINT,
  PRIMARY KEY (org_id, hook_id, shop_order_id),
  FOREIGN KEY (org_id, hook_id) REFERENCES shop_hook (org_id, hook_id)
);
CREATE INDEX shop_order_number ON shop_order (org_id, order_number);

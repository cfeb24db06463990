-- Who a survey asks: 1 the customers of orders, 2 whoever opens one of its links. Fixed when it is made.
ALTER TABLE survey ADD COLUMN collection SMALLINT NOT NULL DEFAULT 1;

-- A printed address for each counter, table or parcel slip; answers that come by it carry its place and channel.
CREATE TABLE open_link (
  org_id INTEGER NOT NULL,
  link_id BLOB NOT NULL,
  survey_id INTEGER NOT NULL,
  place_id INTEGER NOT NULL,
  channel SMALLINT NOT NULL,
  label TEXT NOT NULL,
  token_hash BLOB NOT NULL,
  link_key_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (org_id, link_id),
  UNIQUE (org_id, token_hash),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id),
  FOREIGN KEY (org_id, place_id) REFERENCES place (org_id, place_id)
);

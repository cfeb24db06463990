-- What an organisation aims at: the score that a survey is held against, in tenths of a point of 100; 0 for none.
ALTER TABLE survey ADD COLUMN target_tenths INTEGER NOT NULL DEFAULT 0;

-- A view of the dashboard that somebody keeps under a name: a page with its period and filters, and no figure.
CREATE TABLE saved_view (
  org_id INTEGER NOT NULL,
  view_id BLOB NOT NULL,
  member_id BLOB NOT NULL,
  survey_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  page TEXT NOT NULL,
  query TEXT NOT NULL,
  shared BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, view_id),
  FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, member_id),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
);
CREATE INDEX saved_view_member ON saved_view (org_id, member_id);

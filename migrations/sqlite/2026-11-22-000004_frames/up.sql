-- Counts of invitations behind reports, kept by triggers: no change of an invitation or its order can be forgotten.

-- In whose days a survey's invitations are counted. Without a row, or in another zone, they are counted anew.
CREATE TABLE frame_mark (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  zone TEXT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (org_id, survey_id),
  FOREIGN KEY (org_id, survey_id) REFERENCES survey (org_id, survey_id)
) WITHOUT ROWID;

-- Derived from invitations and orders, never the other way round.
CREATE TABLE frame (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  period SMALLINT NOT NULL,
  starts_on INTEGER NOT NULL,
  counts BLOB NOT NULL,
  PRIMARY KEY (org_id, survey_id, period, starts_on),
  FOREIGN KEY (org_id, survey_id) REFERENCES frame_mark (org_id, survey_id)
);

-- What has changed and is not in frame yet: one invitation left the standing "was" and took "became"; 0 counts nowhere.
-- No foreign key: it is written beside rows that have theirs, at every answer.
CREATE TABLE frame_change (
  org_id INTEGER NOT NULL,
  survey_id INTEGER NOT NULL,
  change_id BIGINT NOT NULL,
  service_at BIGINT NOT NULL,
  channel SMALLINT NOT NULL,
  place_id INTEGER NOT NULL,
  contact_channel SMALLINT NOT NULL,
  was SMALLINT NOT NULL,
  became SMALLINT NOT NULL,
  PRIMARY KEY (org_id, survey_id, change_id)
) WITHOUT ROWID;

-- The standing of an invitation: 0 of a test; else 1 when the survey speaks about its order (no reason of 6 cancelled,
-- 7 returned, 9 place, 10 language, 15 test key), and 2 when it was sent, with 4 when it came back, 8 when answered.
-- 34496 has the bits 6, 7, 9, 10 and 15: the list of an IN would be built anew at every change, at three times the cost.

CREATE TRIGGER frame_invitation_insert AFTER INSERT ON invitation
WHEN (NOT NEW.test) * (1 - (34496 >> NEW.reason & 1)
    + (NEW.sent_at IS NOT NULL) * (2 + 4 * (NEW.state = 6) + 8 * (NEW.state = 4))) <> 0
BEGIN
  INSERT INTO frame_change
  SELECT NEW.org_id, NEW.survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = NEW.org_id AND survey_id = NEW.survey_id),
    coalesce(delivered_at, placed_at), channel, place_id, contact_channel,
    0,
    (NOT NEW.test) * (1 - (34496 >> NEW.reason & 1)
      + (NEW.sent_at IS NOT NULL) * (2 + 4 * (NEW.state = 6) + 8 * (NEW.state = 4)))
  FROM purchase_order WHERE org_id = NEW.org_id AND order_id = NEW.order_id;
END;

CREATE TRIGGER frame_invitation_delete AFTER DELETE ON invitation
WHEN (NOT OLD.test) * (1 - (34496 >> OLD.reason & 1)
    + (OLD.sent_at IS NOT NULL) * (2 + 4 * (OLD.state = 6) + 8 * (OLD.state = 4))) <> 0
BEGIN
  INSERT INTO frame_change
  SELECT OLD.org_id, OLD.survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = OLD.org_id AND survey_id = OLD.survey_id),
    coalesce(delivered_at, placed_at), channel, place_id, contact_channel,
    (NOT OLD.test) * (1 - (34496 >> OLD.reason & 1)
      + (OLD.sent_at IS NOT NULL) * (2 + 4 * (OLD.state = 6) + 8 * (OLD.state = 4))),
    0
  FROM purchase_order WHERE org_id = OLD.org_id AND order_id = OLD.order_id;
END;

CREATE TRIGGER frame_invitation_update AFTER UPDATE OF state, reason, sent_at, test ON invitation
WHEN (NOT OLD.test) * (1 - (34496 >> OLD.reason & 1)
    + (OLD.sent_at IS NOT NULL) * (2 + 4 * (OLD.state = 6) + 8 * (OLD.state = 4)))
  <> (NOT NEW.test) * (1 - (34496 >> NEW.reason & 1)
    + (NEW.sent_at IS NOT NULL) * (2 + 4 * (NEW.state = 6) + 8 * (NEW.state = 4)))
  AND OLD.survey_id = NEW.survey_id AND OLD.order_id = NEW.order_id
BEGIN
  INSERT INTO frame_change
  SELECT NEW.org_id, NEW.survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = NEW.org_id AND survey_id = NEW.survey_id),
    coalesce(delivered_at, placed_at), channel, place_id, contact_channel,
    (NOT OLD.test) * (1 - (34496 >> OLD.reason & 1)
      + (OLD.sent_at IS NOT NULL) * (2 + 4 * (OLD.state = 6) + 8 * (OLD.state = 4))),
    (NOT NEW.test) * (1 - (34496 >> NEW.reason & 1)
      + (NEW.sent_at IS NOT NULL) * (2 + 4 * (NEW.state = 6) + 8 * (NEW.state = 4)))
  FROM purchase_order WHERE org_id = NEW.org_id AND order_id = NEW.order_id;
END;

CREATE TRIGGER frame_invitation_move AFTER UPDATE OF survey_id, order_id ON invitation
WHEN OLD.survey_id <> NEW.survey_id OR OLD.order_id <> NEW.order_id
BEGIN
  INSERT INTO frame_change
  SELECT OLD.org_id, OLD.survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = OLD.org_id AND survey_id = OLD.survey_id),
    coalesce(delivered_at, placed_at), channel, place_id, contact_channel,
    (NOT OLD.test) * (1 - (34496 >> OLD.reason & 1)
      + (OLD.sent_at IS NOT NULL) * (2 + 4 * (OLD.state = 6) + 8 * (OLD.state = 4))),
    0
  FROM purchase_order WHERE org_id = OLD.org_id AND order_id = OLD.order_id;
  INSERT INTO frame_change
  SELECT NEW.org_id, NEW.survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = NEW.org_id AND survey_id = NEW.survey_id),
    coalesce(delivered_at, placed_at), channel, place_id, contact_channel,
    0,
    (NOT NEW.test) * (1 - (34496 >> NEW.reason & 1)
      + (NEW.sent_at IS NOT NULL) * (2 + 4 * (NEW.state = 6) + 8 * (NEW.state = 4)))
  FROM purchase_order WHERE org_id = NEW.org_id AND order_id = NEW.order_id;
END;

-- An order has at most one invitation of a survey, so each statement gives each number once.
CREATE TRIGGER frame_order_update AFTER UPDATE OF channel, contact_channel, place_id, placed_at, delivered_at
  ON purchase_order
WHEN OLD.channel <> NEW.channel OR OLD.contact_channel <> NEW.contact_channel OR OLD.place_id <> NEW.place_id
  OR coalesce(OLD.delivered_at, OLD.placed_at) <> coalesce(NEW.delivered_at, NEW.placed_at)
BEGIN
  INSERT INTO frame_change
  SELECT org_id, survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = one.org_id AND survey_id = one.survey_id),
    coalesce(OLD.delivered_at, OLD.placed_at), OLD.channel, OLD.place_id, OLD.contact_channel, standing, 0
  FROM (SELECT org_id, survey_id,
      (NOT test) * (1 - (34496 >> reason & 1)
        + (sent_at IS NOT NULL) * (2 + 4 * (state = 6) + 8 * (state = 4))) AS standing
    FROM invitation WHERE org_id = NEW.org_id AND order_id = NEW.order_id) AS one
  WHERE standing <> 0;
  INSERT INTO frame_change
  SELECT org_id, survey_id,
    (SELECT coalesce(max(change_id), 0) + 1 FROM frame_change
      WHERE org_id = one.org_id AND survey_id = one.survey_id),
    coalesce(NEW.delivered_at, NEW.placed_at), NEW.channel, NEW.place_id, NEW.contact_channel, 0, standing
  FROM (SELECT org_id, survey_id,
      (NOT test) * (1 - (34496 >> reason & 1)
        + (sent_at IS NOT NULL) * (2 + 4 * (state = 6) + 8 * (state = 4))) AS standing
    FROM invitation WHERE org_id = NEW.org_id AND order_id = NEW.order_id) AS one
  WHERE standing <> 0;
END;

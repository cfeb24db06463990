DROP TABLE slip;
ALTER TABLE organisation DROP COLUMN counted_since;
ALTER TABLE organisation DROP COLUMN gateway_link_key_id;
ALTER TABLE organisation DROP COLUMN gateway_rotation;
ALTER TABLE organisation DROP COLUMN gateway_url;
ALTER TABLE invitation DROP COLUMN carrier;
ALTER TABLE survey DROP COLUMN carriers;

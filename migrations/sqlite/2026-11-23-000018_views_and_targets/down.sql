DROP TABLE saved_view;
ALTER TABLE survey DROP COLUMN target_tenths;

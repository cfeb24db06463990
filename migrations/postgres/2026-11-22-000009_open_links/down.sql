DROP TABLE open_link;
ALTER TABLE survey DROP COLUMN collection;

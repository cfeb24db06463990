DROP TABLE erased_entry;
DROP TABLE erasure;

DELETE FROM cell WHERE part IN (3, 4, 5, 6, 7, 8, 9);

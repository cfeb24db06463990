DELETE FROM cell;
UPDATE fold_mark SET folded_to = 0, revision = revision + 1;

-- When a verdict was decided leads to its rows.
ALTER TABLE verdicts ADD COLUMN decided_micros BIGINT;
UPDATE verdicts SET decided_micros = c.decided_micros FROM changes c WHERE c.key = verdicts.change_key;

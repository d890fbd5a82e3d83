-- The only id of a response is the one of its row: nothing need lead there.
DELETE FROM usage_ids WHERE usage_id NOT IN (SELECT usage_id FROM usage_ids WHERE id <> usage_id);
-- What was counted of a change's lines names its number and day.
ALTER TABLE survival ADD COLUMN number INTEGER;
ALTER TABLE survival ADD COLUMN day INTEGER;
UPDATE survival SET number = c.number, day = c.day FROM changes c
WHERE c.key = survival.change_key AND c.decided_micros = survival.decided_micros AND c.state <> 'UNDECIDED';
DELETE FROM survival WHERE day IS NULL;

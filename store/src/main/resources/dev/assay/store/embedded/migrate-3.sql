-- The only id of a response is the one of its row: nothing need lead there.
DELETE FROM usage_ids WHERE usage_id NOT IN (SELECT usage_id FROM usage_ids WHERE id <> usage_id);

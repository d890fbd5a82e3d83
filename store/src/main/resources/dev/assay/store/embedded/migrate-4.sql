-- The lines of an edit have its version too: what was written last leads to them. In its order, or what is read
-- together would lie apart; an UPDATE in their place would need all of it in memory.
CREATE TABLE edit_lines_4 AS
SELECT l.*, e.version FROM edit_lines l JOIN edits e USING (tool_use_id) ORDER BY e.version;
DROP TABLE edit_lines;
ALTER TABLE edit_lines_4 RENAME TO edit_lines;

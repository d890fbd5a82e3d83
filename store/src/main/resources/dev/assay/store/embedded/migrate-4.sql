-- The lines of an edit have its version too: what was written last leads to them.
CREATE TABLE edit_lines_4 AS
SELECT l.*, e.version FROM edit_lines l JOIN edits e USING (tool_use_id);
DROP TABLE edit_lines;
ALTER TABLE edit_lines_4 RENAME TO edit_lines;

-- Everything is to be summed anew.
DELETE FROM touched;
DELETE FROM day_decisions;
DELETE FROM day_edits;
DELETE FROM day_usage;
DELETE FROM day_git;
DELETE FROM day_steps;
DELETE FROM work;
DELETE FROM work_tools;
DELETE FROM work_models;
DELETE FROM work_again;
DELETE FROM work_months;
DELETE FROM work_tools_months;
DELETE FROM work_models_months;
DELETE FROM work_everybody;
DELETE FROM work_models_everybody;
INSERT INTO touched
SELECT session_id, NULL, day FROM decisions
UNION SELECT session_id, NULL, day FROM edits
UNION SELECT session_id, NULL, day FROM usage
UNION SELECT session_id, NULL, day FROM git_operations
UNION SELECT session_id, CASE WHEN session_id IS NULL THEN coalesce(user_name, '') END, day FROM samples
UNION SELECT session_id, NULL, (last_micros // 86400000000)::INTEGER FROM sessions;

-- The figures as questions to the facts themselves: what the sums must give too.

CREATE OR REPLACE VIEW fact_decisions AS
SELECT * FROM decisions f WHERE NOT starts_with(tool_use_id, 'event/') OR NOT EXISTS (
  FROM decisions o WHERE o.session_id = f.session_id AND o.day = f.day AND NOT starts_with(o.tool_use_id, 'event/'));

CREATE OR REPLACE VIEW fact_edits AS
SELECT * FROM edits f WHERE NOT starts_with(tool_use_id, 'event/') OR NOT EXISTS (
  FROM edits o WHERE o.session_id = f.session_id AND o.day = f.day AND NOT starts_with(o.tool_use_id, 'event/'));

CREATE OR REPLACE VIEW fact_usage AS
SELECT * FROM usage f WHERE NOT starts_with(usage_id, 'r:event/') OR NOT EXISTS (
  FROM usage o WHERE o.session_id = f.session_id AND o.day = f.day AND NOT starts_with(o.usage_id, 'r:event/'));

CREATE OR REPLACE VIEW fact_git_operations AS
SELECT * FROM git_operations f WHERE NOT starts_with(key, 'event/') OR NOT EXISTS (
  FROM git_operations o WHERE o.session_id = f.session_id AND o.day = f.day AND NOT starts_with(o.key, 'event/'));

-- What each sample adds: delta samples as they are, cumulative ones less the one before in their series.
CREATE OR REPLACE VIEW fact_steps AS
SELECT t.session_id, CASE WHEN t.session_id IS NULL THEN coalesce(a.person, t.user_name) ELSE p.user_name END AS user_name, t.day,
  t.time_micros, t.name, t.kind, t.model, t.tool, t.decision, t.decision_source, t.start_type, t.step
FROM (
  SELECT *, value AS step FROM samples WHERE NOT cumulative
  UNION ALL
  SELECT * EXCLUDE (before),
    CASE WHEN before IS NULL OR value < before THEN value ELSE value - before END AS step
  FROM (
    SELECT *, lag(value) OVER (PARTITION BY series ORDER BY time_micros) AS before
    FROM samples WHERE cumulative)) t
LEFT JOIN people p ON p.session_id = t.session_id
LEFT JOIN aliases a ON a.name = lower(t.user_name)
WHERE t.step > 0
  AND (t.name <> 'claude_code.session.count' OR t.start_type IS DISTINCT FROM 'agents_view')
  AND t.time_micros >= (SELECT coalesce(max(value::BIGINT), 0) FROM meta WHERE name = 'kept_from_micros');

CREATE OR REPLACE VIEW fact_decided AS
SELECT d.tool_use_id, d.session_id, p.user_name, d.day, d.time_micros, d.tool,
  d.outcome = 'ACCEPTED' AS accepted, d.by_user, 1::DOUBLE AS n
FROM fact_decisions d LEFT JOIN people p USING (session_id)
WHERE d.outcome <> 'NONE' AND d.tool IN ('Edit', 'Write', 'NotebookEdit', 'MultiEdit')
UNION ALL
SELECT NULL, s.session_id, s.user_name, s.day, s.time_micros, s.tool, s.decision = 'accept',
  s.decision_source LIKE 'user!_%' ESCAPE '!', s.step
FROM fact_steps s
WHERE s.name = 'claude_code.code_edit_tool.decision' AND CASE
  WHEN s.session_id IS NOT NULL
    THEN s.session_id NOT IN (SELECT d.session_id FROM fact_decisions d)
  ELSE NOT EXISTS (
    FROM fact_decisions d JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND d.day = s.day) END;

-- Sessions some of whose edits are known with cut values only, while a counter tells all their lines.
CREATE OR REPLACE VIEW fact_counted_sessions AS
SELECT DISTINCT session_id FROM fact_steps
WHERE name = 'claude_code.lines_of_code.count'
  AND session_id IN (SELECT session_id FROM fact_edits WHERE partial);

CREATE OR REPLACE VIEW fact_edited AS
SELECT e.tool_use_id, e.session_id, p.user_name, e.day, e.time_micros, e.repositories,
  e.lines_added::DOUBLE AS added, e.lines_removed::DOUBLE AS removed, false AS estimated
FROM fact_edits e LEFT JOIN people p USING (session_id)
WHERE e.session_id NOT IN (SELECT session_id FROM fact_counted_sessions)
UNION ALL
SELECT NULL, s.session_id, s.user_name, s.day, s.time_micros, NULL,
  CASE WHEN s.kind = 'added' THEN s.step ELSE 0 END,
  CASE WHEN s.kind = 'removed' THEN s.step ELSE 0 END, true
FROM fact_steps s
WHERE s.name = 'claude_code.lines_of_code.count' AND CASE
  WHEN s.session_id IS NOT NULL THEN s.session_id NOT IN (SELECT e.session_id FROM fact_edits e)
    OR s.session_id IN (SELECT session_id FROM fact_counted_sessions)
  ELSE NOT EXISTS (
    FROM fact_edits e JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND e.day = s.day) END;

CREATE OR REPLACE VIEW fact_spent AS
SELECT u.session_id, p.user_name, u.day, u.time_micros, u.model, 1 AS requests,
  u.input, u.output, u.cache_read, u.cache_creation, u.usd
FROM fact_usage u LEFT JOIN people p USING (session_id)
UNION ALL
SELECT s.session_id, s.user_name, s.day, s.time_micros, coalesce(s.model, 'unknown'), 0,
  CASE WHEN s.kind = 'input' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.kind = 'output' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.kind = 'cacheRead' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.kind = 'cacheCreation' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.name = 'claude_code.cost.usage' THEN s.step::DECIMAL(18, 10) END
FROM fact_steps s
WHERE s.name IN ('claude_code.cost.usage', 'claude_code.token.usage') AND CASE
  WHEN s.session_id IS NOT NULL THEN s.session_id NOT IN (SELECT u.session_id FROM fact_usage u)
  ELSE NOT EXISTS (
    FROM fact_usage u JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND u.day = s.day) END;

CREATE OR REPLACE VIEW fact_git_done AS
SELECT g.session_id, p.user_name, g.day, g.time_micros, g.operation, 1::DOUBLE AS n
FROM fact_git_operations g LEFT JOIN people p USING (session_id)
UNION ALL
SELECT s.session_id, s.user_name, s.day, s.time_micros, o.operation, s.step
FROM fact_steps s
JOIN (VALUES ('claude_code.commit.count', 'COMMIT'), ('claude_code.pull_request.count', 'PULL_REQUEST'))
  o (name, operation) ON o.name = s.name
WHERE CASE
  WHEN s.session_id IS NOT NULL
    THEN NOT EXISTS (
      FROM fact_git_operations g WHERE g.session_id = s.session_id AND g.operation = o.operation)
  ELSE NOT EXISTS (
    FROM fact_git_operations g JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND g.day = s.day AND g.operation = o.operation) END;

-- When somebody was active: each usage, decision, edit or step of a counter is one row. A counter
-- of sessions that names none adds sessions of its own, for users and days that have no other.
CREATE OR REPLACE VIEW fact_active AS
SELECT t.session_id, p.user_name, t.day, t.time_micros, 0 AS unnamed FROM (
  SELECT session_id, day, time_micros FROM fact_usage
  UNION ALL SELECT session_id, day, time_micros FROM fact_decisions
  UNION ALL SELECT session_id, day, time_micros FROM fact_edits) t
LEFT JOIN people p USING (session_id)
UNION ALL SELECT s.session_id, s.user_name, s.day, s.time_micros,
  CASE WHEN s.session_id IS NULL AND s.name = 'claude_code.session.count' AND NOT EXISTS (
    FROM (
      SELECT session_id, day FROM fact_usage
      UNION ALL SELECT session_id, day FROM fact_decisions
      UNION ALL SELECT session_id, day FROM fact_edits) t JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND t.day = s.day) THEN s.step::BIGINT ELSE 0 END
FROM fact_steps s;


-- The figures' building blocks; made anew at each start, so that they are never older than the code.

-- Who is behind a session: an alias of any of its names, else the best of them.
CREATE OR REPLACE VIEW people AS
SELECT s.session_id,
  coalesce(a1.person, a2.person, a3.person, a4.person, a5.person, a6.person,
    s.email, s.account_id, s.api_key, s.git_email, s.end_user, s.install_id) AS user_name
FROM sessions s
LEFT JOIN aliases a1 ON a1.name = lower(s.email)
LEFT JOIN aliases a2 ON a2.name = lower(s.account_id)
LEFT JOIN aliases a3 ON a3.name = lower(s.api_key)
LEFT JOIN aliases a4 ON a4.name = lower(s.git_email)
LEFT JOIN aliases a5 ON a5.name = lower(s.end_user)
LEFT JOIN aliases a6 ON a6.name = lower(s.install_id);

-- What each sample adds: delta samples as they are, cumulative ones less the one before in their series. One that is
-- below the one before began anew without saying so: all of it is added.
CREATE OR REPLACE VIEW steps AS
SELECT t.session_id, coalesce(p.user_name, a.person, t.user_name) AS user_name, t.day,
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
  AND (t.name <> 'claude_code.session.count' OR t.start_type IS DISTINCT FROM 'agents_view');

CREATE OR REPLACE VIEW decided AS
SELECT d.tool_use_id, d.session_id, p.user_name, d.day, d.time_micros, d.tool,
  d.outcome = 'ACCEPTED' AS accepted, d.by_user, 1::DOUBLE AS n
FROM decisions d LEFT JOIN people p USING (session_id)
WHERE d.outcome <> 'NONE' AND d.tool IN ('Edit', 'Write', 'NotebookEdit', 'MultiEdit')
UNION ALL
SELECT NULL, s.session_id, s.user_name, s.day, s.time_micros, s.tool, s.decision = 'accept',
  s.decision_source LIKE 'user!_%' ESCAPE '!', s.step
FROM steps s
WHERE s.name = 'claude_code.code_edit_tool.decision' AND CASE
  WHEN s.session_id IS NOT NULL
    THEN s.session_id NOT IN (SELECT d.session_id FROM decisions d)
  ELSE NOT EXISTS (
    FROM decisions d JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND d.day = s.day) END;

-- Sessions some of whose edits are known with cut values only, while a counter tells all their lines.
CREATE OR REPLACE VIEW counted_sessions AS
SELECT DISTINCT session_id FROM steps
WHERE name = 'claude_code.lines_of_code.count'
  AND session_id IN (SELECT session_id FROM edits WHERE partial);

CREATE OR REPLACE VIEW edited AS
SELECT e.tool_use_id, e.session_id, p.user_name, e.day, e.time_micros, e.repositories,
  e.lines_added::DOUBLE AS added, e.lines_removed::DOUBLE AS removed, false AS estimated
FROM edits e LEFT JOIN people p USING (session_id)
WHERE e.session_id NOT IN (SELECT session_id FROM counted_sessions)
UNION ALL
SELECT NULL, s.session_id, s.user_name, s.day, s.time_micros, NULL,
  CASE WHEN s.kind = 'added' THEN s.step ELSE 0 END,
  CASE WHEN s.kind = 'removed' THEN s.step ELSE 0 END, true
FROM steps s
WHERE s.name = 'claude_code.lines_of_code.count' AND CASE
  WHEN s.session_id IS NOT NULL THEN s.session_id NOT IN (SELECT e.session_id FROM edits e)
    OR s.session_id IN (SELECT session_id FROM counted_sessions)
  ELSE NOT EXISTS (
    FROM edits e JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND e.day = s.day) END;

CREATE OR REPLACE VIEW spent AS
SELECT u.session_id, p.user_name, u.day, u.time_micros, u.model, 1 AS requests,
  u.input, u.output, u.cache_read, u.cache_creation, u.usd
FROM usage u LEFT JOIN people p USING (session_id)
UNION ALL
SELECT s.session_id, s.user_name, s.day, s.time_micros, coalesce(s.model, 'unknown'), 0,
  CASE WHEN s.kind = 'input' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.kind = 'output' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.kind = 'cacheRead' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.kind = 'cacheCreation' THEN s.step::BIGINT ELSE 0 END,
  CASE WHEN s.name = 'claude_code.cost.usage' THEN s.step::DECIMAL(18, 10) END
FROM steps s
WHERE s.name IN ('claude_code.cost.usage', 'claude_code.token.usage') AND CASE
  WHEN s.session_id IS NOT NULL THEN s.session_id NOT IN (SELECT u.session_id FROM usage u)
  ELSE NOT EXISTS (
    FROM usage u JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND u.day = s.day) END;

CREATE OR REPLACE VIEW git_done AS
SELECT g.session_id, p.user_name, g.day, g.time_micros, g.operation, 1::DOUBLE AS n
FROM git_operations g LEFT JOIN people p USING (session_id)
UNION ALL
SELECT s.session_id, s.user_name, s.day, s.time_micros, o.operation, s.step
FROM steps s
JOIN (VALUES ('claude_code.commit.count', 'COMMIT'), ('claude_code.pull_request.count', 'PULL_REQUEST'))
  o (name, operation) ON o.name = s.name
WHERE CASE
  WHEN s.session_id IS NOT NULL
    THEN NOT EXISTS (
      FROM git_operations g WHERE g.session_id = s.session_id AND g.operation = o.operation)
  ELSE NOT EXISTS (
    FROM git_operations g JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND g.day = s.day AND g.operation = o.operation) END;

-- When somebody was active: each usage, decision, edit or step of a counter is one row. A counter
-- of sessions that names none adds sessions of its own, for users and days that have no other.
CREATE OR REPLACE VIEW active AS
SELECT t.session_id, p.user_name, t.day, t.time_micros, 0 AS unnamed FROM (
  SELECT session_id, day, time_micros FROM usage
  UNION ALL SELECT session_id, day, time_micros FROM decisions
  UNION ALL SELECT session_id, day, time_micros FROM edits) t
LEFT JOIN people p USING (session_id)
UNION ALL SELECT s.session_id, s.user_name, s.day, s.time_micros,
  CASE WHEN s.session_id IS NULL AND s.name = 'claude_code.session.count' AND NOT EXISTS (
    FROM (
      SELECT session_id, day FROM usage
      UNION ALL SELECT session_id, day FROM decisions
      UNION ALL SELECT session_id, day FROM edits) t JOIN people p USING (session_id)
    WHERE p.user_name = s.user_name AND t.day = s.day) THEN s.step::BIGINT ELSE 0 END
FROM steps s;

-- Who made a change: by alias of the commit's address or of the login; an address that the forge
-- hides says no more than the login.
CREATE OR REPLACE VIEW change_people AS
SELECT c.key, coalesce(a1.person, a2.person,
  CASE WHEN c.author_email IS NULL OR lower(c.author_email) LIKE '%@users.noreply.%' THEN c.author
    ELSE lower(c.author_email) END, lower(c.author_email)) AS user_name
FROM changes c
LEFT JOIN aliases a1 ON a1.name = lower(c.author_email)
LEFT JOIN aliases a2 ON a2.name = lower(c.author);

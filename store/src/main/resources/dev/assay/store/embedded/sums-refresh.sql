-- Brings the sums up to date with what was touched; one transaction. What is touched is a session, with all
-- its days, or a person's counters that name no session; with it, each day on which it has anything.

CREATE OR REPLACE TEMP TABLE stale AS SELECT DISTINCT session_id, user_name FROM touched;

CREATE OR REPLACE TEMP TABLE stale_days AS
SELECT day FROM touched WHERE day IS NOT NULL
UNION SELECT day FROM day_decisions WHERE session_id IN (SELECT session_id FROM stale)
UNION SELECT day FROM day_edits WHERE session_id IN (SELECT session_id FROM stale)
UNION SELECT day FROM day_usage WHERE session_id IN (SELECT session_id FROM stale)
UNION SELECT day FROM day_git WHERE session_id IN (SELECT session_id FROM stale)
UNION SELECT day FROM samples WHERE session_id IN (SELECT session_id FROM stale)
UNION SELECT day FROM samples
  WHERE session_id IS NULL AND coalesce(user_name, '') IN (SELECT user_name FROM stale);

-- A fact that came without a key of Claude Code's (old clients) may be one that an agent tells with its key: it
-- counts in a session's day only where none of its kind has one.

DELETE FROM day_decisions WHERE session_id IN (SELECT session_id FROM stale);
INSERT INTO day_decisions
SELECT session_id, day, time_micros // 86400000000, tool, outcome, by_user, count(*), max(time_micros)
FROM (
  SELECT *, starts_with(tool_use_id, 'event/') AS keyless FROM decisions
  WHERE session_id IN (SELECT session_id FROM stale) AND day IN (SELECT day FROM stale_days)
  QUALIFY NOT keyless OR bool_and(keyless) OVER (PARTITION BY session_id, day))
GROUP BY ALL;

DELETE FROM day_edits WHERE session_id IN (SELECT session_id FROM stale);
INSERT INTO day_edits
SELECT session_id, day, time_micros // 86400000000, repositories, partial, has_lines,
  count(*), sum(lines_added), sum(lines_removed), max(time_micros)
FROM (
  SELECT *, starts_with(tool_use_id, 'event/') AS keyless FROM edits
  WHERE session_id IN (SELECT session_id FROM stale) AND day IN (SELECT day FROM stale_days)
  QUALIFY NOT keyless OR bool_and(keyless) OVER (PARTITION BY session_id, day))
GROUP BY ALL;

DELETE FROM day_usage WHERE session_id IN (SELECT session_id FROM stale);
INSERT INTO day_usage
SELECT session_id, day, time_micros // 86400000000, model, count(*),
  sum(input), sum(output), sum(cache_read), sum(cache_creation), sum(usd), max(time_micros)
FROM (
  SELECT *, starts_with(usage_id, 'r:event/') AS keyless FROM usage
  WHERE session_id IN (SELECT session_id FROM stale) AND day IN (SELECT day FROM stale_days)
  QUALIFY NOT keyless OR bool_and(keyless) OVER (PARTITION BY session_id, day))
GROUP BY ALL;

DELETE FROM day_git WHERE session_id IN (SELECT session_id FROM stale);
INSERT INTO day_git
SELECT session_id, day, time_micros // 86400000000, operation, count(*)
FROM (
  SELECT *, starts_with(key, 'event/') AS keyless FROM git_operations
  WHERE session_id IN (SELECT session_id FROM stale) AND day IN (SELECT day FROM stale_days)
  QUALIFY NOT keyless OR bool_and(keyless) OVER (PARTITION BY session_id, day))
GROUP BY ALL;

-- Cumulative samples add what they are more than the one before in their series, of whatever day that is; one
-- that is below it began anew without saying so, and adds all that it is. One that is older than facts are kept is
-- there for those after it only.
DELETE FROM day_steps WHERE session_id IN (SELECT session_id FROM stale)
  OR session_id IS NULL AND coalesce(user_name, '') IN (SELECT user_name FROM stale);
INSERT INTO day_steps
WITH owned AS (
  SELECT * FROM samples WHERE session_id IN (SELECT session_id FROM stale)
  UNION ALL
  SELECT * FROM samples
  WHERE session_id IS NULL AND coalesce(user_name, '') IN (SELECT user_name FROM stale)),
steps AS (
  SELECT *, value AS step FROM owned WHERE NOT cumulative
  UNION ALL
  SELECT * EXCLUDE (before),
    CASE WHEN before IS NULL OR value < before THEN value ELSE value - before END
  FROM (
    SELECT *, lag(value) OVER (PARTITION BY series ORDER BY time_micros) AS before
    FROM owned WHERE cumulative))
SELECT session_id, user_name, day, time_micros // 86400000000, name, kind, model, tool, decision, decision_source,
  sum(step), sum(try_cast(step AS BIGINT)),
  sum(CASE WHEN name = 'claude_code.cost.usage' THEN try_cast(step AS DECIMAL(18, 10)) END),
  max(time_micros)
FROM steps
WHERE step > 0 AND (name <> 'claude_code.session.count' OR start_type IS DISTINCT FROM 'agents_view')
  AND time_micros >= (SELECT coalesce(max(value::BIGINT), 0) FROM meta WHERE name = 'kept_from_micros')
GROUP BY ALL;

-- From here on whole days, of everybody. Who was there, and what is known of them over all their days.
CREATE OR REPLACE TEMP TABLE here AS
SELECT session_id FROM day_decisions WHERE day IN (SELECT day FROM stale_days)
UNION SELECT session_id FROM day_edits WHERE day IN (SELECT day FROM stale_days)
UNION SELECT session_id FROM day_usage WHERE day IN (SELECT day FROM stale_days)
UNION SELECT session_id FROM day_git WHERE day IN (SELECT day FROM stale_days)
UNION SELECT session_id FROM day_steps WHERE day IN (SELECT day FROM stale_days) AND session_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE present AS
SELECT h.session_id, p.user_name, p.terminal,
  coalesce(p.account_kind,
    CASE WHEN p.email IS NOT NULL OR p.account_id IS NOT NULL THEN 'subscription' ELSE 'api' END) AS customer,
  coalesce(p.remote, false) AS remote,
  h.session_id IN (SELECT session_id FROM day_decisions) AS decided,
  h.session_id IN (SELECT session_id FROM day_edits) AS edited,
  h.session_id IN (SELECT session_id FROM day_usage) AS used,
  h.session_id IN (SELECT session_id FROM day_git WHERE operation = 'COMMIT') AS committed,
  h.session_id IN (SELECT session_id FROM day_git WHERE operation = 'PULL_REQUEST') AS proposed,
  h.session_id IN (SELECT session_id FROM day_edits WHERE has_lines) AS lined,
  -- Some of its edits are known with cut values only, while a counter tells all their lines.
  h.session_id IN (SELECT session_id FROM day_edits WHERE partial)
    AND h.session_id IN (
      SELECT session_id FROM day_steps
      WHERE name = 'claude_code.lines_of_code.count' AND session_id IS NOT NULL) AS counted
FROM here h
LEFT JOIN people p USING (session_id);

CREATE OR REPLACE TEMP TABLE scopes AS
SELECT session_id, '' AS repository FROM here
UNION SELECT session_id, unnest(repositories) FROM day_edits
WHERE session_id IN (SELECT session_id FROM here)
UNION SELECT '', '';

-- All days of those sessions: a session that goes on counts once in a range.
CREATE OR REPLACE TEMP TABLE active_days AS
SELECT session_id, day, utc_day, max(last_micros) AS last_micros FROM (
  SELECT session_id, day, utc_day, last_micros FROM day_decisions
  UNION ALL SELECT session_id, day, utc_day, last_micros FROM day_edits
  UNION ALL SELECT session_id, day, utc_day, last_micros FROM day_usage
  UNION ALL SELECT session_id, day, utc_day, last_micros FROM day_steps)
WHERE session_id IN (SELECT session_id FROM here)
GROUP BY ALL;

-- Counters that name no session (here: '') tell of a person's day; they count where no fact of that day tells the same.
CREATE OR REPLACE TEMP TABLE nameless AS
SELECT coalesce(a.person, t.user_name) AS user_name, t.* EXCLUDE (user_name)
FROM day_steps t LEFT JOIN aliases a ON a.name = lower(t.user_name)
WHERE t.session_id IS NULL AND t.day IN (SELECT day FROM stale_days);

CREATE OR REPLACE TEMP TABLE steps AS
SELECT t.* EXCLUDE (user_name), p.* EXCLUDE (session_id)
FROM day_steps t JOIN present p USING (session_id)
WHERE t.day IN (SELECT day FROM stale_days)
UNION ALL BY NAME
SELECT t.* REPLACE ('' AS session_id), NULL::VARCHAR AS terminal, 'api' AS customer, false AS remote,
  EXISTS (FROM day_decisions d JOIN present p USING (session_id)
    WHERE p.user_name = t.user_name AND d.day = t.day) AS decided,
  EXISTS (FROM day_edits d JOIN present p USING (session_id)
    WHERE p.user_name = t.user_name AND d.day = t.day) AS edited,
  EXISTS (FROM day_usage d JOIN present p USING (session_id)
    WHERE p.user_name = t.user_name AND d.day = t.day) AS used,
  EXISTS (FROM day_git d JOIN present p USING (session_id)
    WHERE p.user_name = t.user_name AND d.day = t.day AND d.operation = 'COMMIT') AS committed,
  EXISTS (FROM day_git d JOIN present p USING (session_id)
    WHERE p.user_name = t.user_name AND d.day = t.day AND d.operation = 'PULL_REQUEST') AS proposed,
  false AS lined, false AS counted
FROM nameless t;

DELETE FROM work_tools WHERE day IN (SELECT day FROM stale_days);
INSERT INTO work_tools
SELECT repository, user_name, day, utc_day, terminal, customer, remote, tool,
  coalesce(sum(n) FILTER (WHERE accepted), 0), coalesce(sum(n) FILTER (WHERE NOT accepted), 0),
  coalesce(sum(n) FILTER (WHERE accepted AND by_user), 0),
  coalesce(sum(n) FILTER (WHERE NOT accepted AND by_user), 0)
FROM (
  SELECT session_id, user_name, day, utc_day, terminal, customer, remote, tool,
    outcome = 'ACCEPTED' AS accepted, by_user, n::DOUBLE AS n
  FROM day_decisions JOIN present USING (session_id)
  WHERE outcome <> 'NONE' AND tool IN ('Edit', 'Write', 'NotebookEdit', 'MultiEdit')
    AND day IN (SELECT day FROM stale_days)
  UNION ALL
  SELECT session_id, user_name, day, utc_day, terminal, customer, remote, tool,
    decision = 'accept', decision_source LIKE 'user!_%' ESCAPE '!', step
  FROM steps WHERE name = 'claude_code.code_edit_tool.decision' AND NOT decided)
JOIN scopes USING (session_id)
GROUP BY ALL
ORDER BY day;

DELETE FROM work_models WHERE day IN (SELECT day FROM stale_days);
INSERT INTO work_models
SELECT repository, user_name, day, utc_day, terminal, customer, remote, model,
  sum(requests), least(coalesce(sum(input), 0), 1000000000000000), least(coalesce(sum(output), 0), 1000000000000000),
  least(coalesce(sum(cache_read), 0), 1000000000000000), least(coalesce(sum(cache_creation), 0), 1000000000000000), least(coalesce(sum(usd), 0), 99999999)
FROM (
  SELECT session_id, user_name, day, utc_day, terminal, customer, remote, model,
    requests, input::HUGEINT AS input, output::HUGEINT AS output, cache_read::HUGEINT AS cache_read,
    cache_creation::HUGEINT AS cache_creation, usd
  FROM day_usage JOIN present USING (session_id)
  WHERE day IN (SELECT day FROM stale_days)
  UNION ALL
  SELECT session_id, user_name, day, utc_day, terminal, customer, remote, coalesce(model, 'unknown'), 0,
    CASE WHEN kind = 'input' THEN whole ELSE 0 END, CASE WHEN kind = 'output' THEN whole ELSE 0 END,
    CASE WHEN kind = 'cacheRead' THEN whole ELSE 0 END,
    CASE WHEN kind = 'cacheCreation' THEN whole ELSE 0 END, usd
  FROM steps WHERE name IN ('claude_code.cost.usage', 'claude_code.token.usage') AND NOT used)
JOIN scopes USING (session_id)
GROUP BY ALL
ORDER BY day;

CREATE OR REPLACE TEMP TABLE visits AS
SELECT a.*, p.user_name, p.terminal, p.customer, p.remote, p.lined,
  row_number() OVER (PARTITION BY session_id, day ORDER BY utc_day) = 1 AS first_of_day,
  row_number() OVER (PARTITION BY session_id, utc_day ORDER BY day) = 1 AS first_of_utc_day,
  max(day) OVER (PARTITION BY session_id ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
FROM active_days a JOIN present p USING (session_id);

DELETE FROM work_again WHERE day IN (SELECT day FROM stale_days);
INSERT INTO work_again
SELECT repository, user_name, day, before
FROM visits JOIN scopes USING (session_id)
WHERE first_of_day AND before IS NOT NULL AND day IN (SELECT day FROM stale_days)
ORDER BY day;

DELETE FROM work WHERE day IN (SELECT day FROM stale_days);
INSERT INTO work
SELECT repository, user_name, day, utc_day, terminal, customer, remote,
  coalesce(sum(sessions), 0), coalesce(sum(utc_sessions), 0), least(coalesce(sum(unnamed), 0), 1000000000000000),
  coalesce(sum(bare), 0), max(last_micros), max(seen_micros),
  coalesce(sum(added), 0), coalesce(sum(removed), 0), coalesce(sum(estimated), 0),
  coalesce(sum(edits), 0), coalesce(sum(unplaced), 0), coalesce(sum(lineless), 0),
  coalesce(sum(git), 0), coalesce(sum(commits), 0), coalesce(sum(pull_requests), 0)
FROM (
  SELECT repository, user_name, day, utc_day, terminal, customer, remote,
    first_of_day::BIGINT AS sessions, first_of_utc_day::BIGINT AS utc_sessions,
    (first_of_day AND before IS NULL AND NOT lined)::BIGINT AS bare, last_micros
  FROM visits JOIN scopes USING (session_id)
  WHERE day IN (SELECT day FROM stale_days)
  UNION ALL BY NAME
  SELECT '' AS repository, user_name, day, utc_day, terminal, customer, remote, last_micros,
    CASE WHEN name = 'claude_code.session.count' AND NOT decided AND NOT edited AND NOT used
      THEN whole ELSE 0 END AS unnamed
  FROM steps WHERE session_id = ''
  UNION ALL BY NAME
  SELECT unnest(list_append(repositories, '')) AS repository, user_name, day, utc_day,
    terminal, customer, remote,
    CASE WHEN NOT counted THEN added ELSE 0 END::DOUBLE AS added,
    CASE WHEN NOT counted THEN removed ELSE 0 END::DOUBLE AS removed,
    n AS edits, CASE WHEN len(repositories) = 0 THEN n ELSE 0 END AS unplaced,
    CASE WHEN partial OR NOT has_lines THEN n ELSE 0 END AS lineless
  FROM day_edits JOIN present USING (session_id)
  WHERE day IN (SELECT day FROM stale_days)
  UNION ALL BY NAME
  SELECT '' AS repository, user_name, day, utc_day, terminal, customer, remote,
    CASE WHEN kind = 'added' THEN step ELSE 0 END AS added,
    CASE WHEN kind = 'removed' THEN step ELSE 0 END AS removed,
    CASE WHEN kind = 'added' THEN step ELSE 0 END AS estimated
  FROM steps
  WHERE name = 'claude_code.lines_of_code.count' AND (NOT edited OR counted)
  UNION ALL BY NAME
  SELECT '' AS repository, user_name, day, utc_day, terminal, customer, remote, n AS git,
    CASE WHEN operation = 'COMMIT' THEN n ELSE 0 END::DOUBLE AS commits,
    CASE WHEN operation = 'PULL_REQUEST' THEN n ELSE 0 END::DOUBLE AS pull_requests
  FROM day_git JOIN present USING (session_id)
  WHERE day IN (SELECT day FROM stale_days)
  UNION ALL BY NAME
  SELECT '' AS repository, user_name, day, utc_day, terminal, customer, remote, 1 AS git,
    CASE WHEN name = 'claude_code.commit.count' THEN step ELSE 0 END AS commits,
    CASE WHEN name = 'claude_code.pull_request.count' THEN step ELSE 0 END AS pull_requests
  FROM steps
  WHERE name = 'claude_code.commit.count' AND NOT committed
    OR name = 'claude_code.pull_request.count' AND NOT proposed
  UNION ALL BY NAME
  SELECT '' AS repository, user_name, (last_micros // 86400000000)::INTEGER AS day,
    (last_micros // 86400000000)::INTEGER AS utc_day, last_micros AS seen_micros
  FROM people
  WHERE own AND last_micros // 86400000000 IN (SELECT day FROM stale_days))
GROUP BY ALL
ORDER BY day;

-- Of those days the sums of everybody, and of their months the sums.
DELETE FROM work_everybody WHERE day IN (SELECT day FROM stale_days);
INSERT INTO work_everybody
SELECT day, count(DISTINCT user_name), sum(sessions) + sum(unnamed)
FROM work WHERE repository = '' AND last_micros IS NOT NULL AND day IN (SELECT day FROM stale_days)
GROUP BY day ORDER BY day;

DELETE FROM work_models_everybody WHERE day IN (SELECT day FROM stale_days);
INSERT INTO work_models_everybody
SELECT day, model, count(DISTINCT user_name), sum(input), sum(output), sum(cache_read), sum(cache_creation), sum(usd)
FROM work_models WHERE repository = '' AND day IN (SELECT day FROM stale_days)
GROUP BY GROUPING SETS ((day, model), (day)) ORDER BY day;

CREATE OR REPLACE TEMP TABLE month_days AS
SELECT month, unnest(range(month, month_end + 1))::INTEGER AS day
FROM (
  SELECT DISTINCT day - date_part('day', DATE '1970-01-01' + day)::INTEGER + 1 AS month,
    last_day(DATE '1970-01-01' + day) - DATE '1970-01-01' AS month_end
  FROM stale_days);

DELETE FROM work_months WHERE month IN (SELECT month FROM month_days);
INSERT INTO work_months
SELECT repository, user_name, month, sum(sessions), least(sum(unnamed), 1000000000000000), sum(bare),
  max(last_micros), max(seen_micros), sum(added), sum(estimated), sum(edits), sum(unplaced), sum(lineless)
FROM work JOIN month_days USING (day)
GROUP BY repository, user_name, month ORDER BY repository, month;

DELETE FROM work_tools_months WHERE month IN (SELECT month FROM month_days);
INSERT INTO work_tools_months
SELECT repository, user_name, month, sum(accepted), sum(rejected), sum(accepted_by_user), sum(rejected_by_user)
FROM work_tools JOIN month_days USING (day)
GROUP BY repository, user_name, month ORDER BY repository, month;

DELETE FROM work_models_months WHERE month IN (SELECT month FROM month_days);
INSERT INTO work_models_months
SELECT repository, user_name, month, model, sum(requests), least(sum(input), 1000000000000000),
  least(sum(output), 1000000000000000), least(sum(cache_read), 1000000000000000),
  least(sum(cache_creation), 1000000000000000), least(sum(usd), 99999999)
FROM work_models JOIN month_days USING (day)
GROUP BY repository, user_name, month, model ORDER BY repository, month;

DELETE FROM touched;
DROP TABLE stale;
DROP TABLE stale_days;
DROP TABLE here;
DROP TABLE present;
DROP TABLE scopes;
DROP TABLE active_days;
DROP TABLE nameless;
DROP TABLE steps;
DROP TABLE visits;
DROP TABLE month_days;

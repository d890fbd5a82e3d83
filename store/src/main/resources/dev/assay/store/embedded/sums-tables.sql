-- Sums of the facts, so that a question about a year reads days and not facts. They are derived: made anew
-- from the facts where their version differs. docs/format/facts.md explains them.

-- What has changed since the sums were last brought up to date; written with the facts.
CREATE TABLE IF NOT EXISTS touched (session_id VARCHAR, user_name VARCHAR, day INTEGER);

-- By session and day: what one session did. utc_day differs from day where the store's zone is another.
CREATE TABLE IF NOT EXISTS day_decisions (
  session_id VARCHAR, day INTEGER, utc_day INTEGER, tool VARCHAR, outcome VARCHAR, by_user BOOLEAN,
  n BIGINT, last_micros BIGINT);

CREATE TABLE IF NOT EXISTS day_edits (
  session_id VARCHAR, day INTEGER, utc_day INTEGER, repositories VARCHAR[], partial BOOLEAN, has_lines BOOLEAN,
  n BIGINT, added HUGEINT, removed HUGEINT, last_micros BIGINT);

CREATE TABLE IF NOT EXISTS day_usage (
  session_id VARCHAR, day INTEGER, utc_day INTEGER, model VARCHAR, requests BIGINT, input HUGEINT, output HUGEINT,
  cache_read HUGEINT, cache_creation HUGEINT, usd DECIMAL(38, 10), last_micros BIGINT);

CREATE TABLE IF NOT EXISTS day_git (
  session_id VARCHAR, day INTEGER, utc_day INTEGER, operation VARCHAR, n BIGINT);

-- What counters rose; step as it was measured, whole and usd with each step rounded by itself.
CREATE TABLE IF NOT EXISTS day_steps (
  session_id VARCHAR, user_name VARCHAR, day INTEGER, utc_day INTEGER, name VARCHAR, kind VARCHAR, model VARCHAR,
  tool VARCHAR, decision VARCHAR, decision_source VARCHAR, step DOUBLE, whole HUGEINT, usd DECIMAL(38, 10),
  last_micros BIGINT);

-- By repository, person and day: what the figures are made of. Repository '' is everything; a session counts
-- in each repository in which it edited. last_micros is null where nobody was active. Numbers of 64 bits are read
-- four times as fast as those of 128; what does not fit (more than 10^15 tokens or 10^8 USD of a row) is cut.
CREATE TABLE IF NOT EXISTS work (
  repository VARCHAR, user_name VARCHAR, day INTEGER, utc_day INTEGER,
  terminal VARCHAR, customer VARCHAR, remote BOOLEAN,
  sessions BIGINT, utc_sessions BIGINT, unnamed BIGINT, bare BIGINT, last_micros BIGINT, seen_micros BIGINT,
  added DOUBLE, removed DOUBLE, estimated DOUBLE, edits BIGINT, unplaced BIGINT, lineless BIGINT,
  git BIGINT, commits DOUBLE, pull_requests DOUBLE);

CREATE TABLE IF NOT EXISTS work_tools (
  repository VARCHAR, user_name VARCHAR, day INTEGER, utc_day INTEGER,
  terminal VARCHAR, customer VARCHAR, remote BOOLEAN, tool VARCHAR,
  accepted DOUBLE, rejected DOUBLE, accepted_by_user DOUBLE, rejected_by_user DOUBLE);

CREATE TABLE IF NOT EXISTS work_models (
  repository VARCHAR, user_name VARCHAR, day INTEGER, utc_day INTEGER,
  terminal VARCHAR, customer VARCHAR, remote BOOLEAN, model VARCHAR,
  requests BIGINT, input BIGINT, output BIGINT, cache_read BIGINT, cache_creation BIGINT, usd DECIMAL(18, 10));

-- Days on which a session was active that had been active before: such a session counts once in a range of
-- both days.
CREATE TABLE IF NOT EXISTS work_again (repository VARCHAR, user_name VARCHAR, day INTEGER, before INTEGER);

-- The same once more in fewer rows: by month (its first day), of which a longer range is made, and of everybody.
CREATE TABLE IF NOT EXISTS work_months (
  repository VARCHAR, user_name VARCHAR, month INTEGER, sessions BIGINT, unnamed BIGINT, bare BIGINT,
  last_micros BIGINT, seen_micros BIGINT, added DOUBLE, estimated DOUBLE, edits BIGINT, unplaced BIGINT, lineless BIGINT);

CREATE TABLE IF NOT EXISTS work_tools_months (
  repository VARCHAR, user_name VARCHAR, month INTEGER,
  accepted DOUBLE, rejected DOUBLE, accepted_by_user DOUBLE, rejected_by_user DOUBLE);

CREATE TABLE IF NOT EXISTS work_models_months (
  repository VARCHAR, user_name VARCHAR, month INTEGER, model VARCHAR,
  requests BIGINT, input BIGINT, output BIGINT, cache_read BIGINT, cache_creation BIGINT, usd DECIMAL(18, 10));

CREATE TABLE IF NOT EXISTS work_everybody (day INTEGER, users BIGINT, sessions HUGEINT);

-- A row for each model, and one without for the day.
CREATE TABLE IF NOT EXISTS work_models_everybody (
  day INTEGER, model VARCHAR, users BIGINT, input HUGEINT, output HUGEINT, cache_read HUGEINT,
  cache_creation HUGEINT, usd DECIMAL(38, 10));

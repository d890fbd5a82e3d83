-- The tables of schema version 4; docs/format/facts.md explains them.
-- Times are microseconds since 1970, UTC; days are days since 1970-01-01 in the store's zone.
-- A column x_rank says how good the source of x is (dev.assay.store.join.Join); the join needs it.
-- The order of columns is the order in which the class of each table writes and reads them.

CREATE TABLE IF NOT EXISTS meta (name VARCHAR, value VARCHAR);

CREATE TABLE IF NOT EXISTS sessions (
  session_id VARCHAR, first_micros BIGINT, last_micros BIGINT, own BOOLEAN,
  email VARCHAR, email_rank BIGINT, account_id VARCHAR, account_id_rank BIGINT,
  api_key VARCHAR, api_key_rank BIGINT, git_email VARCHAR, git_email_rank BIGINT,
  end_user VARCHAR, end_user_rank BIGINT, install_id VARCHAR, install_id_rank BIGINT,
  terminal VARCHAR, terminal_rank BIGINT, entrypoint VARCHAR, entrypoint_rank BIGINT,
  account_kind VARCHAR, account_kind_rank BIGINT, remote BOOLEAN, remote_rank BIGINT,
  client_version VARCHAR, client_version_rank BIGINT, host VARCHAR, host_rank BIGINT);

CREATE TABLE IF NOT EXISTS decisions (
  tool_use_id VARCHAR, session_id VARCHAR, by_telemetry BOOLEAN, started_micros BIGINT,
  time_micros BIGINT, time_rank BIGINT, tool VARCHAR, tool_rank BIGINT,
  outcome VARCHAR, outcome_rank BIGINT,
  accepted_by VARCHAR, accepted_by_rank BIGINT, refused_by VARCHAR, refused_by_rank BIGINT,
  language VARCHAR, language_rank BIGINT,
  day INTEGER, by_user BOOLEAN);

CREATE TABLE IF NOT EXISTS edits (
  tool_use_id VARCHAR, session_id VARCHAR, by_telemetry BOOLEAN, started_micros BIGINT,
  time_micros BIGINT, time_rank BIGINT, tool VARCHAR, tool_rank BIGINT,
  repositories VARCHAR[], branch VARCHAR, branch_rank BIGINT, path VARCHAR, path_rank BIGINT,
  day INTEGER, id_hash BIGINT, lines_added INTEGER, lines_removed INTEGER,
  user_modified BOOLEAN, partial BOOLEAN, withheld VARCHAR, has_lines BOOLEAN, expired BOOLEAN, version BIGINT);

-- What each source said of an edit's lines: a row for each part that is in, or one with a null part.
CREATE TABLE IF NOT EXISTS edit_lines (
  tool_use_id VARCHAR, place INTEGER, partial BOOLEAN, lines_added INTEGER, lines_removed INTEGER,
  user_modified BOOLEAN, withheld VARCHAR, parts INTEGER, part INTEGER, lines BLOB,
  version BIGINT);

-- Where an edit stood before its time or repositories changed: a window that it left has changed too.
CREATE TABLE IF NOT EXISTS edits_moved (repositories VARCHAR[], time_micros BIGINT, version BIGINT);

-- The first version of edits that was received on a day: what is older than that was received before.
CREATE TABLE IF NOT EXISTS received (day INTEGER, version BIGINT);

CREATE TABLE IF NOT EXISTS usage (
  usage_id VARCHAR, ids VARCHAR[], session_id VARCHAR, by_telemetry BOOLEAN, started_micros BIGINT,
  time_micros BIGINT, time_rank BIGINT, measured_place INTEGER,
  input BIGINT, output BIGINT, cache_read BIGINT, cache_creation BIGINT,
  model VARCHAR, estimated_usd DECIMAL(18, 10), stated_usd DECIMAL(18, 10), stated_usd_rank BIGINT,
  speed VARCHAR, speed_rank BIGINT, query_source VARCHAR, query_source_rank BIGINT,
  main BOOLEAN, main_rank BIGINT, day INTEGER, usd DECIMAL(18, 10));

-- Of responses with several ids: each of them, the one of the row too.
CREATE TABLE IF NOT EXISTS usage_ids (id VARCHAR, usage_id VARCHAR);

CREATE TABLE IF NOT EXISTS git_operations (
  key VARCHAR, tool_use_id VARCHAR, operation VARCHAR,
  session_id VARCHAR, by_telemetry BOOLEAN, started_micros BIGINT,
  time_micros BIGINT, time_rank BIGINT, repositories VARCHAR[], branch VARCHAR, branch_rank BIGINT,
  revision VARCHAR, revision_rank BIGINT, url VARCHAR, url_rank BIGINT, day INTEGER);

CREATE TABLE IF NOT EXISTS samples (
  key VARCHAR, series VARCHAR, time_micros BIGINT, start_micros BIGINT, name VARCHAR, unit VARCHAR,
  session_id VARCHAR, user_name VARCHAR, cumulative BOOLEAN,
  kind VARCHAR, model VARCHAR, tool VARCHAR, decision VARCHAR, decision_source VARCHAR,
  language VARCHAR, start_type VARCHAR, value DOUBLE, day INTEGER);

CREATE TABLE IF NOT EXISTS exporters (
  key VARCHAR, service_name VARCHAR, instance_id VARCHAR, last_micros BIGINT,
  client_version VARCHAR, client_version_rank BIGINT, host VARCHAR, host_rank BIGINT,
  skew_millis BIGINT, skew_millis_rank BIGINT);

CREATE TABLE IF NOT EXISTS changes (
  key VARCHAR, repository VARCHAR, number INTEGER, title VARCHAR, author VARCHAR,
  author_email VARCHAR, merged_micros BIGINT, merge_commit VARCHAR, base VARCHAR, head VARCHAR,
  url VARCHAR, day INTEGER,
  state VARCHAR, undecided_reason VARCHAR, rules_version INTEGER, edits_version BIGINT, decided_micros BIGINT,
  tagged BOOLEAN, lines BIGINT, lines_with BIGINT, sessions BIGINT);

-- decided_micros is the change's: verdicts lie in the order in which they were decided, so that it leads to
-- the few blocks that hold those of one change.
CREATE TABLE IF NOT EXISTS verdicts (
  change_key VARCHAR, position INTEGER, path VARCHAR, line INTEGER, effective BOOLEAN,
  assisted BOOLEAN, strategy VARCHAR, session_id VARCHAR, tool_use_id VARCHAR, difference DOUBLE,
  reason VARCHAR, decided_micros BIGINT);

-- How many lines of a change stood so many days after its merge; of the attribution of decided_micros, which is the
-- change's. number and day are the change's too: joined, a year's figures would take thirty times as long.
CREATE TABLE IF NOT EXISTS survival (
  change_key VARCHAR, days INTEGER, at_commit VARCHAR, decided_micros BIGINT,
  claude_lines BIGINT, claude_standing BIGINT, other_lines BIGINT, other_standing BIGINT,
  unknown VARCHAR, number INTEGER, day INTEGER);

-- The names of the people of store.aliases, lower case; written anew at each start.
CREATE TABLE IF NOT EXISTS aliases (name VARCHAR, person VARCHAR);

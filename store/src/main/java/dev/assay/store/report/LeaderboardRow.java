package dev.assay.store.report;

/** One user's merged pull requests and effective lines, all and with Claude Code. */
public record LeaderboardRow(
    String user,
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long lines,
    long linesWithClaudeCode) {}

package dev.assay.store.report;

/**
 * One user's merged pull requests and effective lines, all and with Claude Code.
 *
 * @param undecided pull requests without a verdict: among {@code pullRequests}, in no other figure
 */
public record LeaderboardRow(
    String user,
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long undecided,
    long lines,
    long linesWithClaudeCode) {}

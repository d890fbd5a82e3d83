package dev.assay.store.report;

import java.time.LocalDate;

/**
 * Merged pull requests and their effective lines of one day, and the users of Claude Code active on
 * it.
 *
 * @param undecided pull requests without a verdict: among {@code pullRequests}, in no other figure
 */
public record PullRequestDay(
    LocalDate day,
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long undecided,
    long lines,
    long linesWithClaudeCode,
    long users) {}

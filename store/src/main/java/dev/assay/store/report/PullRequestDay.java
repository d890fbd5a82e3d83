package dev.assay.store.report;

import java.time.LocalDate;

/**
 * Merged pull requests and their effective lines of one day, and the users of Claude Code active on
 * it.
 */
public record PullRequestDay(
    LocalDate day,
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long lines,
    long linesWithClaudeCode,
    long users) {}

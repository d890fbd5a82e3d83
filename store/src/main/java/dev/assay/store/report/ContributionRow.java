package dev.assay.store.report;

/** One user's contributions in a range. */
public record ContributionRow(
    String user,
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long lines,
    long linesWithClaudeCode,
    long linesAccepted,
    long accepted,
    long rejected,
    long sessions) {}

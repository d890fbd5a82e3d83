package dev.assay.store.report;

/**
 * One user's contributions in a range.
 *
 * @param undecided pull requests without a verdict: among {@code pullRequests}, in no other figure
 */
public record ContributionRow(
    String user,
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long undecided,
    long lines,
    long linesWithClaudeCode,
    long linesAccepted,
    long accepted,
    long rejected,
    long sessions) {}

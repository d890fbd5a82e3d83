package dev.assay.web.api;

import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /api/v1/summary}. Shares and rates lie between 0 and 1; one with nothing to
 * divide by is null.
 *
 * @param pullRequestsWithClaudeCode null, as are the lines, where pull requests were found and all
 *     of them are undecided
 * @param undecided pull requests without a verdict: in no other figure, and not in the share
 * @param pullRequestsShare with Claude Code, of those that are decided
 * @param acceptRate of all decisions
 * @param acceptRateByUser of those that a person took; null also where no acceptance names its
 *     source (transcripts of older clients tell who refused, but not who accepted): a rate of
 *     refusals alone would be a zero that looks like an answer
 * @param linesAcceptedEstimated the part of {@code linesAccepted} that rests on counters alone
 * @param spendUsd at list prices: an estimate
 * @param spendIsEstimate always true
 */
record SummaryView(
    long pullRequests,
    @Nullable Long pullRequestsWithClaudeCode,
    @Nullable Double pullRequestsShare,
    long undecided,
    @Nullable Long lines,
    @Nullable Long linesWithClaudeCode,
    @Nullable Double linesShare,
    long accepted,
    long rejected,
    @Nullable Double acceptRate,
    long acceptedByUser,
    long rejectedByUser,
    @Nullable Double acceptRateByUser,
    long linesAccepted,
    long linesAcceptedEstimated,
    long users,
    long sessions,
    BigDecimal spendUsd,
    boolean spendIsEstimate,
    Tokens tokens) {

  static SummaryView of(Summary s) {
    Judged judged = new Judged(s.pullRequests(), s.undecided());
    return new SummaryView(
        s.pullRequests(),
        judged.sum(s.pullRequestsWithClaudeCode()),
        Rate.of(s.pullRequestsWithClaudeCode(), s.pullRequests() - s.undecided()),
        s.undecided(),
        judged.sum(s.lines()),
        judged.sum(s.linesWithClaudeCode()),
        Rate.of(s.linesWithClaudeCode(), s.lines()),
        s.accepted(),
        s.rejected(),
        Rate.of(s.accepted(), s.accepted() + s.rejected()),
        s.acceptedByUser(),
        s.rejectedByUser(),
        s.acceptedByUser() == 0
            ? null
            : Rate.of(s.acceptedByUser(), s.acceptedByUser() + s.rejectedByUser()),
        s.linesAccepted(),
        s.linesAcceptedEstimated(),
        s.users(),
        s.sessions(),
        s.spendUsd(),
        true,
        s.tokens());
  }
}

package dev.assay.store.report;

import java.math.BigDecimal;

/**
 * The summary's figures. Lines are effective lines of merged pull requests. Rates are the caller's
 * to make: one with nothing to divide by is null, not zero.
 *
 * @param undecided pull requests without a verdict; in none of the other figures but {@code
 *     pullRequests}
 * @param accepted decisions, of all sources
 * @param rejected decisions, by people and by rules
 * @param acceptedByUser decisions that a person took
 * @param rejectedByUser decisions that a person took
 * @param linesAccepted raw lines of accepted edits
 * @param linesAcceptedEstimated the part of them that rests on counters alone
 * @param spendUsd an estimate at list prices
 */
public record Summary(
    long pullRequests,
    long pullRequestsWithClaudeCode,
    long undecided,
    long lines,
    long linesWithClaudeCode,
    long accepted,
    long rejected,
    long acceptedByUser,
    long rejectedByUser,
    long linesAccepted,
    long linesAcceptedEstimated,
    long users,
    long sessions,
    BigDecimal spendUsd,
    Tokens tokens) {}

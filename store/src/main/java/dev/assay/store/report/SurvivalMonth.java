package dev.assay.store.report;

import dev.assay.store.fact.Survival.Count;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;

/**
 * What became of the lines of one month's pull requests after some days. Only pull requests with
 * verdicts are in it.
 *
 * @param month of the merge, in the store's zone
 * @param days after each merge
 * @param pullRequests of the month
 * @param provisional those of them whose verdicts may still change
 * @param counted those whose lines were counted; in no other figure are the rest
 * @param unknown why others could not be counted, and how many those are
 * @param lastMerge the month's last; so many days after it all could be counted
 * @param claude lines of Claude Code
 * @param other effective lines that are not attributed
 */
public record SurvivalMonth(
    YearMonth month,
    int days,
    long pullRequests,
    long provisional,
    long counted,
    Map<String, Long> unknown,
    Instant lastMerge,
    Count claude,
    Count other) {}

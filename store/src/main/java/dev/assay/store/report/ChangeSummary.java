package dev.assay.store.report;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change with the sums of its verdicts.
 *
 * @param state null where no attribution was made yet
 * @param editsVersion as the attribution has it; 0 where none was made yet
 * @param lines effective added lines
 * @param sessions how many sessions vouch for lines of it
 */
public record ChangeSummary(
    Change change,
    Attribution.@Nullable State state,
    @Nullable String undecidedReason,
    int rulesVersion,
    long editsVersion,
    @Nullable Instant decidedAt,
    boolean withClaudeCode,
    long lines,
    long linesWithClaudeCode,
    long sessions) {}

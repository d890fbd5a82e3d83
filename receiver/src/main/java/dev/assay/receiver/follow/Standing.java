package dev.assay.receiver.follow;

import dev.assay.store.Store;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a change stands: found, and perhaps decided.
 *
 * @param state null where nothing was decided yet
 * @param reason why it is undecided
 * @param rulesVersion of the rules that decided
 * @param editsVersion no edit is newer that this decision knew of
 * @param decidedAt when; the epoch where nothing was decided yet
 * @param took how long the decision took; zero where another process made it
 */
record Standing(
    Change change,
    Attribution.@Nullable State state,
    @Nullable String reason,
    int rulesVersion,
    long editsVersion,
    Instant decidedAt,
    Duration took) {
  private static final int PAGE = 1_000;

  static Standing of(Attribution attribution, Duration took) {
    return new Standing(
        attribution.change(),
        attribution.state(),
        attribution.undecidedReason(),
        attribution.rulesVersion(),
        attribution.editsVersion(),
        attribution.decidedAt(),
        took);
  }

  /** All changes of one repository that the store has, by their keys. */
  static Map<String, Standing> all(Store store, String repository) {
    Map<String, Standing> out = new HashMap<>();
    Filter filter = new Filter(null, null, repository, null);
    String after = null;
    do {
      Page<ChangeSummary> page = store.changes().list(filter, false, PAGE, after);
      for (ChangeSummary item : page.items()) {
        Instant decidedAt = item.decidedAt();
        out.put(
            item.change().key(),
            new Standing(
                item.change(),
                item.state(),
                item.undecidedReason(),
                item.rulesVersion(),
                item.editsVersion(),
                decidedAt == null ? Instant.EPOCH : decidedAt,
                Duration.ZERO));
      }
      after = page.next();
    } while (after != null);
    return out;
  }
}

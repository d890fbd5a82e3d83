package dev.assay.web.metrics;

import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.function.BooleanSupplier;

/** How the store stands, and the summary's figures, read when somebody scrapes. */
final class StoreGauges {
  private static final AttributeKey<Boolean> WITH = AttributeKey.booleanKey("with_claude_code");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("type");

  private static final long SECONDS_PER_DAY = 86_400;

  private StoreGauges() {}

  /**
   * Adds them to a meter for as long as it lives.
   *
   * @param wanted whether who collects wants them; else the store is not asked
   */
  static void register(Meter meter, Store store, BooleanSupplier wanted) {
    health(meter, store, wanted);
    figures(meter, store, wanted);
  }

  private static void health(Meter meter, Store store, BooleanSupplier wanted) {
    ObservableLongMeasurement ready =
        count(meter, "assay.store.ready", "1 while commits are accepted, else 0.");
    ObservableLongMeasurement facts = count(meter, "assay.store.facts", "Rows of all facts.");
    ObservableLongMeasurement changed =
        meter
            .counterBuilder("assay.store.facts.changed")
            .setDescription("Facts that were new or different.")
            .buildObserver();
    ObservableDoubleMeasurement keys =
        meter
            .gaugeBuilder("assay.store.keys.fill")
            .setDescription(
                "Share of the heap that the keys of the facts may take; 1 where it is not enough.")
            .buildObserver();
    ObservableLongMeasurement learning =
        count(
            meter,
            "assay.store.keys.learning",
            "1 until the stored keys are read after a start or a failed commit, else 0.");
    ObservableDoubleMeasurement paths =
        meter
            .gaugeBuilder("assay.store.paths.fill")
            .setDescription(
                "Share of the heap that the edits' paths or days may take; 1 where it is not"
                    + " enough.")
            .buildObserver();
    ObservableLongMeasurement waiting =
        count(
            meter,
            "assay.store.waiting",
            "Observations that are acknowledged and not yet joined into facts.");
    ObservableLongMeasurement aside =
        count(
            meter,
            "assay.store.set_aside",
            "Files with something acknowledged that could not be made a fact.");
    ObservableLongMeasurement lost =
        count(
            meter,
            "assay.store.lost_transactions",
            "Transactions that the database's log had lost when it was opened.");
    ObservableLongMeasurement lines =
        count(meter, "assay.store.index.lines", "Entries of the line index.");
    ObservableLongMeasurement rebuilding =
        count(meter, "assay.store.index.rebuilding", "1 while it is being rebuilt, else 0.");
    ObservableDoubleMeasurement fill =
        meter
            .gaugeBuilder("assay.store.index.fill")
            .setDescription("Share of the planned size of its fullest window.")
            .buildObserver();
    ObservableLongMeasurement disk =
        meter
            .gaugeBuilder("assay.store.disk")
            .setUnit("By")
            .setDescription("Size of the data directory.")
            .ofLongs()
            .buildObserver();
    ObservableLongMeasurement used =
        meter
            .gaugeBuilder("assay.store.used")
            .setUnit("By")
            .setDescription(
                "What the tables take of the database's file; retention_size limits it.")
            .ofLongs()
            .buildObserver();
    ObservableLongMeasurement tooLarge =
        count(
            meter,
            "assay.store.too_large",
            "1 while that is more than retention_size, and nothing more may go, else 0.");
    ObservableLongMeasurement oldest =
        meter
            .gaugeBuilder("assay.store.oldest")
            .setUnit("s")
            .setDescription("The oldest day that is kept: seconds from 1970 to its begin in UTC.")
            .ofLongs()
            .buildObserver();
    ObservableLongMeasurement deleted =
        meter
            .counterBuilder("assay.store.retention.deleted")
            .setDescription("Rows that were kept long enough, or had no room.")
            .buildObserver();
    ObservableLongMeasurement tooOld =
        meter
            .counterBuilder("assay.store.retention.refused")
            .setDescription("Observations that were older than facts are kept.")
            .buildObserver();
    meter.batchCallback(
        () -> {
          if (!wanted.getAsBoolean()) {
            return;
          }
          StoreHealth now = store.health();
          ready.record(now.ready() ? 1 : 0);
          facts.record(now.facts());
          changed.record(now.changedFacts());
          keys.record(now.keysFill());
          learning.record(now.learningKeys() ? 1 : 0);
          paths.record(now.pathsFill());
          waiting.record(now.waiting());
          aside.record(now.setAside());
          lost.record(now.lostTransactions());
          lines.record(now.indexedLines());
          rebuilding.record(now.indexRebuilding() ? 1 : 0);
          fill.record(now.indexFill());
          disk.record(now.diskBytes());
          StoreHealth.Retention kept = now.retention();
          if (kept != null) {
            used.record(kept.usedBytes());
            tooLarge.record(kept.tooLarge() ? 1 : 0);
            deleted.record(kept.deletedRows());
            tooOld.record(kept.refused());
            if (kept.oldestDay() != null) {
              oldest.record(kept.oldestDay().toEpochDay() * SECONDS_PER_DAY);
            }
          }
        },
        ready,
        facts,
        changed,
        keys,
        learning,
        paths,
        waiting,
        aside,
        lost,
        lines,
        rebuilding,
        fill,
        disk,
        used,
        tooLarge,
        oldest,
        deleted,
        tooOld);
  }

  private static void figures(Meter meter, Store store, BooleanSupplier wanted) {
    ObservableLongMeasurement pulls =
        count(meter, "assay.pull_requests", "Merged pull requests that were decided.");
    ObservableLongMeasurement undecided =
        count(meter, "assay.pull_requests.undecided", "Merged pull requests without a verdict.");
    ObservableLongMeasurement lines =
        count(meter, "assay.lines", "Effective added lines of merged pull requests.");
    ObservableLongMeasurement decisions =
        count(meter, "assay.decisions", "What became of proposed edits.");
    ObservableLongMeasurement accepted =
        count(meter, "assay.lines.accepted", "Lines of accepted edits.");
    ObservableLongMeasurement users = count(meter, "assay.users", "Users who ever appeared.");
    ObservableLongMeasurement sessions = count(meter, "assay.sessions", "Sessions ever seen.");
    ObservableLongMeasurement tokens = count(meter, "assay.tokens", "Tokens by type.");
    ObservableDoubleMeasurement spend =
        meter
            .gaugeBuilder("assay.spend.estimated")
            .setUnit("USD")
            .setDescription("Estimated spend at list prices.")
            .buildObserver();
    meter.batchCallback(
        () -> {
          if (!wanted.getAsBoolean()) {
            return;
          }
          Summary all = store.reports().summary(Filter.ALL);
          long decided = all.pullRequests() - all.undecided();
          pulls.record(all.pullRequestsWithClaudeCode(), Attributes.of(WITH, true));
          pulls.record(decided - all.pullRequestsWithClaudeCode(), Attributes.of(WITH, false));
          undecided.record(all.undecided());
          lines.record(all.linesWithClaudeCode(), Attributes.of(WITH, true));
          lines.record(all.lines() - all.linesWithClaudeCode(), Attributes.of(WITH, false));
          decisions.record(all.accepted(), Attributes.of(OUTCOME, "accepted"));
          decisions.record(all.rejected(), Attributes.of(OUTCOME, "rejected"));
          accepted.record(all.linesAccepted());
          users.record(all.users());
          sessions.record(all.sessions());
          tokens.record(all.tokens().input(), Attributes.of(TYPE, "input"));
          tokens.record(all.tokens().output(), Attributes.of(TYPE, "output"));
          tokens.record(all.tokens().cacheRead(), Attributes.of(TYPE, "cache_read"));
          tokens.record(all.tokens().cacheCreation(), Attributes.of(TYPE, "cache_creation"));
          spend.record(all.spendUsd().doubleValue());
        },
        pulls,
        undecided,
        lines,
        decisions,
        accepted,
        users,
        sessions,
        tokens,
        spend);
  }

  private static ObservableLongMeasurement count(Meter meter, String name, String says) {
    return meter.gaugeBuilder(name).setDescription(says).ofLongs().buildObserver();
  }
}

package dev.assay.bench.attribution;

import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.EditObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Other people's work in the same repository: edits of 8 to 40 lines that Claude Code made in the
 * {@value #DAYS} days for which lines are kept, committed as the receiver commits them, oldest
 * first. The more lines are to be indexed, the more edits each day has.
 */
final class Filling {
  private static final int DAYS = 120;

  /** Edits go to so many files. */
  private static final int FILES = 5_000;

  private static final int EDITS_IN_A_COMMIT = 4_000;

  /** Facts are made more slowly than this brings them. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Different lines of an edit on average; the rest are as common as {@code return null;}. */
  private static final double INDEXED_OF_AN_EDIT = 16.7;

  private final Store store;
  private final Code code = new Code(77);
  private long edits;

  Filling(Store store) {
    this.store = store;
  }

  /** Commits edits until so many lines are indexed, and waits until they are. */
  void upTo(long lines) throws StoreUnavailableException {
    long missing = lines - indexed();
    while (missing > lines / 100) {
      add((long) (missing / INDEXED_OF_AN_EDIT) + 1);
      missing = lines - indexed();
    }
  }

  private void add(long count) throws StoreUnavailableException {
    Instant from = MadeRepository.FIRST_MERGE.minus(Duration.ofDays(DAYS - 2));
    long apart = Duration.ofDays(DAYS).toMillis() / count;
    List<EditObservation> some = new ArrayList<>(EDITS_IN_A_COMMIT);
    for (long i = 0; i < count; i++) {
      some.add(edit(from.plusMillis(i * apart)));
      if (some.size() == EDITS_IN_A_COMMIT || i == count - 1) {
        store.commit(some, PATIENCE);
        some.clear();
      }
    }
  }

  private EditObservation edit(Instant time) {
    long number = edits++;
    int file = code.below(FILES);
    return Work.observation(
        time,
        "toolu_01" + Long.toString((number * 0x9E3779B97F4A7C15L) >>> 1, 36) + "f",
        "session-fill-" + number / 40,
        List.of(MadeRepository.NAME),
        "src/main/java/shop/part" + file % 50 + "/Other" + file + ".java",
        1 + code.below(300),
        code.methods(8 + code.below(24)),
        List.of());
  }

  /** Waits for the index, and says how many lines it holds. */
  long indexed() {
    store
        .edits()
        .withLines(
            Set.of(MadeRepository.NAME), Set.of("no such line"), Instant.EPOCH, Instant.now());
    return store.health().indexedLines();
  }
}

package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreOptions;
import dev.assay.store.contract.Given;
import dev.assay.store.embedded.LineIndex.Span;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import dev.assay.store.join.Join;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the line index reads of the facts, piece by piece. */
final class EditQueriesTest {
  private static final int TRANSACTIONS = 6;
  private static final int EDITS = 3;
  private static final Instant EARLIER = NOON.minus(Duration.ofDays(60));

  @TempDir Path directory;

  private EmbeddedStore store;
  private EditQueries queries;

  /** In each transaction an edit of an earlier window and two of this one, of two lines each. */
  @BeforeEach
  void open() throws Exception {
    store = EmbeddedStore.open(StoreOptions.in(directory).withFsync(false), () -> NOON);
    queries = new EditQueries(store.database(), new EditReader(store.database()));
    for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
      List<Observation> edits = new ArrayList<>();
      for (int i = 0; i < EDITS; i++) {
        edits.add(edit(id(transaction, i), i == 0 ? EARLIER : NOON));
      }
      store.commit(edits);
      store.settle(); // so that it is a transaction of its own
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static String id(int transaction, int edit) {
    return "t" + transaction + '-' + edit;
  }

  private static Observation edit(String id, Instant time) {
    return Given.edit(Source.TRANSCRIPT, id, "s1", time, "src/A.java", "of " + id, "second line");
  }

  private List<EditFact> read(Span times, long above, long upTo) {
    return queries.withLines(queries.written(times, above, upTo), above, upTo);
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 6", "3, 100, 6", "7, 100, 3", "100, 4, 6", "100, 13, 3", "100, 100, 1"})
  void pieces_holdWhatFits_andAtLeastOneTransaction(long edits, long lines, int pieces) {
    List<Long> cuts = queries.cuts(Span.EVER, 0, Long.MAX_VALUE, edits, lines);
    assertThat(cuts).isSorted().doesNotHaveDuplicates().hasSize(pieces);
    List<String> read = new ArrayList<>();
    long from = 0;
    for (long cut : cuts) {
      List<EditFact> piece = read(Span.EVER, from, cut);
      assertThat(piece).hasSizeLessThan((int) edits + EDITS);
      assertThat(piece).allSatisfy(edit -> assertThat(IndexedLines.of(edit.lines())).hasSize(2));
      piece.forEach(edit -> read.add(edit.toolUseId()));
      from = cut;
    }
    assertThat(read).hasSize(TRANSACTIONS * EDITS).doesNotHaveDuplicates();
  }

  @Test
  void aWindow_isReadAlone() {
    Span earlier = LineWindow.times(LineWindow.number(Join.micros(EARLIER)));
    List<Long> cuts = queries.cuts(earlier, 0, Long.MAX_VALUE, 2, 100);
    assertThat(cuts).hasSize(TRANSACTIONS / 2 + 1);
    assertThat(read(earlier, cuts.get(0), cuts.get(1)))
        .extracting(EditFact::toolUseId)
        .containsExactly(id(1, 0), id(2, 0));
  }

  @Test
  void whatWasWrittenAgain_isReadOnce_whereItWasWrittenLast() throws Exception {
    long before = queries.cuts(Span.EVER, 0, Long.MAX_VALUE, 100, 100).get(0);
    store.commit(List.of(edit(id(0, 1), NOON.minusSeconds(1))));
    store.settle();
    assertThat(read(Span.EVER, before, Long.MAX_VALUE))
        .singleElement()
        .satisfies(edit -> assertThat(edit.toolUseId()).isEqualTo(id(0, 1)))
        .satisfies(edit -> assertThat(IndexedLines.of(edit.lines())).hasSize(2));
    assertThat(read(Span.EVER, 0, before)).hasSize(TRANSACTIONS * EDITS - 1);
    assertThat(queries.cuts(Span.EVER, before, before, 1, 1)).isEmpty();
  }

  @Test
  void whatIsWrittenAgain_whileItIsRead_comesWithItsNewVersionOnly() throws Exception {
    List<EditFact> told = queries.written(Span.EVER, 0, Long.MAX_VALUE);
    long cut = queries.cuts(Span.EVER, 0, Long.MAX_VALUE, 100, 100).get(0);
    store.commit(List.of(edit(id(0, 1), NOON.minusSeconds(1))));
    store.settle();
    assertThat(queries.withLines(told, 0, cut))
        .hasSize(told.size() - 1)
        .extracting(EditFact::toolUseId)
        .doesNotContain(id(0, 1));
    assertThat(read(Span.EVER, cut, Long.MAX_VALUE)).hasSize(1);
  }

  @Test
  void aWindow_hasItsFirstAndItsLastMicrosecond() throws Exception {
    Span now = LineWindow.times(LineWindow.number(Join.micros(NOON)));
    store.commit(
        List.of(
            edit("before", Join.instant(now.fromMicros() - 1)),
            edit("first", Join.instant(now.fromMicros())),
            edit("last", Join.instant(now.toMicros())),
            edit("after", Join.instant(now.toMicros() + 1))));
    store.settle();
    assertThat(read(now, 0, Long.MAX_VALUE))
        .hasSize(TRANSACTIONS * (EDITS - 1) + 2)
        .extracting(EditFact::toolUseId)
        .contains("first", "last");
    assertThat(LineWindow.number(now.fromMicros())).isEqualTo(LineWindow.number(now.toMicros()));
    assertThat(LineWindow.number(now.toMicros() + 1))
        .isEqualTo(LineWindow.number(now.fromMicros() - 1) + 2);
  }

  @Test
  void anEdit_thatClaimsMoreLinesThanAnIntHolds_isReadAsAnyOther() throws Exception {
    EditObservation huge =
        new EditObservation(
            Source.TRANSCRIPT,
            NOON,
            "huge",
            new SessionClaim("s1", null),
            "Edit",
            List.of(Given.REPOSITORY),
            "main",
            "src/A.java",
            Integer.MAX_VALUE,
            1,
            Given.lines("int huge = 1;").toByteString(),
            0,
            1,
            false,
            false,
            null);
    store.commit(List.of(huge));
    store.settle();
    List<Long> cuts = queries.cuts(Span.EVER, 0, Long.MAX_VALUE, 100, 100);
    assertThat(cuts).hasSize(2);
    assertThat(read(Span.EVER, cuts.get(0), cuts.get(1)))
        .singleElement()
        .satisfies(
            edit -> assertThat(IndexedLines.of(edit.lines())).containsExactly("int huge = 1;"));
  }

  /** Where the index has them they come from there, else from the database, and are the same. */
  @Test
  void near_isTheSameFromTheIndexAndFromTheDatabase() {
    List<String> ids = List.of(id(0, 0), id(0, 1), id(5, 2), "nobody's");
    Map<String, EditFact> byDatabase = new EditReader(store.database()).near(ids, NOON, NOON);
    assertThat(byDatabase).containsOnlyKeys(id(0, 0), id(0, 1), id(5, 2)); // one is far from noon
    List<String> asked = new ArrayList<>();
    EditReader reader =
        new EditReader(
            store.database(),
            (wanted, from, to) -> {
              asked.addAll(wanted);
              return Map.of(id(0, 1), Objects.requireNonNull(byDatabase.get(id(0, 1))));
            });
    assertThat(reader.near(ids, NOON, NOON)).isEqualTo(byDatabase);
    assertThat(asked).containsExactlyInAnyOrderElementsOf(ids);

    store
        .edits()
        .withLines(List.of(Given.REPOSITORY), List.of("of"), NOON, NOON); // waits for the index
    assertThat(store.edits().withoutLines(ids, NOON))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("user")
        .containsExactlyInAnyOrderElementsOf(byDatabase.values());
  }
}

package dev.assay.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.contract.Given;
import dev.assay.store.contract.Histories;
import dev.assay.store.fact.Observation;
import dev.assay.store.journal.v1.Entry;
import dev.assay.store.journal.v1.Exporter;
import dev.assay.store.journal.v1.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalTest {
  @TempDir Path folder;
  private final List<Held> held = Collections.synchronizedList(new ArrayList<>());

  private static Observation observation(int number) {
    return Given.edit("t" + number, "s1", "src/A.java", "int line" + number + " = 1;");
  }

  /** What a process leaves that ends after so many entries, none of which became facts. */
  private Path left(int entries) throws Exception {
    try (Journal journal = Journal.open(folder, true, 0)) {
      for (int i = 0; i < entries; i++) {
        journal.append(Journal.entry(List.of(observation(i))), held::add);
      }
    }
    return files(Segment.SUFFIX).get(0);
  }

  private List<Path> files(String suffix) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private List<Observation> replayed() throws Exception {
    List<Observation> all = new ArrayList<>();
    try (Journal journal = Journal.open(folder, true, 0)) {
      journal.replay(
          (observations, bytes, held) -> {
            all.addAll(observations);
            held.applied();
          });
      journal.roll();
      journal.release();
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsNotApplied_isReadAgainAsItWas(long seed) throws Exception {
    List<Observation> written = new Histories(seed).observations(300);
    try (Journal journal = Journal.open(folder, true, 0)) {
      for (int i = 0; i < written.size(); i += 50) {
        journal.append(Journal.entry(written.subList(i, i + 50)), held::add);
      }
    }
    assertThat(replayed()).containsExactlyInAnyOrderElementsOf(written);
    assertThat(files("")).as("all is applied").isEmpty();
  }

  /** Where memory runs out for a moment, who appends must not wait for ever. */
  @Test
  void anError_refusesTheEntry_andEndsNothing() throws Exception {
    try (Journal journal = Journal.open(folder, true, 0)) {
      assertThatThrownBy(
              () ->
                  journal.append(
                      Journal.entry(List.of(observation(1))),
                      own -> {
                        throw new OutOfMemoryError("Java heap space");
                      }))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("nothing could be written: OutOfMemoryError");
      journal.append(Journal.entry(List.of(observation(2))), held::add);
      assertThat(journal.failure()).isNull();
    }
    assertThat(replayed())
        .as("who was handed the first may have taken it, and joins it once")
        .containsExactlyInAnyOrder(observation(1), observation(2));
  }

  @Test
  void whatIsApplied_staysUntilItIsReleased_andLeavesNothing() throws Exception {
    Observation written = observation(1);
    try (Journal journal = Journal.open(folder, true, 0)) {
      journal.append(Journal.entry(List.of(written)), Held::applied);
      assertThat(journal.appliedBytes()).as("it is open").isZero();
      journal.roll();
      assertThat(journal.appliedBytes())
          .isEqualTo(
              Segment.MAGIC.length + Segment.HEAD_BYTES + Journal.entry(List.of(written)).length);
      journal.append(Journal.entry(List.of(observation(2))), Held::applied);
      assertThat(files("")).hasSize(2);
      journal.release();
      assertThat(journal.appliedBytes()).isZero();
      assertThat(files("")).as("what is open").hasSize(1);
    }
    assertThat(replayed()).containsExactly(observation(2));
    assertThat(files("")).isEmpty();
  }

  /** Three files that are marked with 8, 9 and 10, and one that is not. */
  private void leaveMarked() throws Exception {
    try (Journal journal = Journal.open(folder, true, 0)) {
      for (int version = 8; version <= 10; version++) {
        journal.append(Journal.entry(List.of(observation(version))), Held::applied);
        journal.roll();
        journal.mark(version);
      }
      journal.append(Journal.entry(List.of(observation(11))), Held::applied);
      journal.mark(11); // its file is open
    }
    assertThat(names())
        .containsExactly(
            "000000000001.8.journal",
            "000000000002.9.journal",
            "000000000003.10.journal",
            "000000000004.journal");
    assertThat(Journal.newestVersion(folder)).isEqualTo(10);
  }

  private List<String> names() throws IOException {
    return files("").stream().map(file -> file.getFileName().toString()).toList();
  }

  /** What the database has is not read again; a log that lost its end is the journal's to mend. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9, 10, 11})
  void whatIsMarked_isReadAgain_whereTheDatabaseEndsBeforeIt(long has) throws Exception {
    leaveMarked();
    List<Observation> read = new ArrayList<>();
    try (Journal journal = Journal.open(folder, true, has)) {
      journal.replay(
          (observations, bytes, held) -> {
            read.addAll(observations);
            held.applied();
          });
      journal.mark(20);
      int again = (int) (11 - Math.min(10, has));
      assertThat(read)
          .containsExactlyElementsOf(
              List.of(observation(8), observation(9), observation(10), observation(11))
                  .subList(4 - again, 4));
      assertThat(files(".20.journal")).as("what was read again").hasSize(again);
      journal.release();
    }
    assertThat(files("")).as("what was not, too").isEmpty();
  }

  /** The next transaction of a database that ends before a mark may have its version. */
  @Test
  void whatIsToBeReadAgain_isSoAtEachStart_whateverTheDatabaseHasThen() throws Exception {
    leaveMarked();
    try (Journal journal = Journal.open(folder, true, 8)) {
      assertThat(journal.left()).isEqualTo(3);
    }
    assertThat(names())
        .containsExactly(
            "000000000001.8.journal",
            "000000000002.journal",
            "000000000003.journal",
            "000000000004.journal");
    try (Journal journal = Journal.open(folder, true, 11)) {
      assertThat(journal.left()).isEqualTo(3);
      journal.replay((observations, bytes, held) -> held.refused());
      assertThat(journal.aside()).isEqualTo(3);
      journal.release();
    }
    assertThat(names())
        .containsExactly(
            "000000000002.journal.aside",
            "000000000003.journal.aside",
            "000000000004.journal.aside");
  }

  /** As people may put them back. */
  @Test
  void twoFilesOfANumber_areBothReadAgain() throws Exception {
    leaveMarked();
    Files.copy(folder.resolve("000000000002.9.journal"), folder.resolve("000000000001.journal"));
    Files.copy(folder.resolve("000000000002.9.journal"), folder.resolve("000000000002.8.journal"));
    try (Journal journal = Journal.open(folder, true, 7)) {
      assertThat(journal.left()).isEqualTo(6);
    }
    assertThat(replayed()).hasSize(6).contains(observation(8), observation(9));
  }

  /** The file goes as a whole: what is not applied keeps it. */
  @Test
  void whatIsNotApplied_keepsItsFile() throws Exception {
    try (Journal journal = Journal.open(folder, true, 0)) {
      journal.append(Journal.entry(List.of(observation(1))), Held::applied);
      journal.append(Journal.entry(List.of(observation(2))), held::add);
      journal.roll();
      journal.release();
      assertThat(files("")).hasSize(1);
      held.get(0).applied();
      journal.roll();
      journal.release();
      assertThat(files("")).isEmpty();
    }
  }

  @Test
  void whatCannotBeAFact_isKeptAside_andNotTriedAgain() throws Exception {
    try (Journal journal = Journal.open(folder, true, 0)) {
      journal.append(Journal.entry(List.of(observation(1))), Held::applied);
      journal.append(Journal.entry(List.of(observation(2))), Held::refused);
      journal.append(Journal.entry(List.of(observation(3))), Held::refused);
      assertThat(journal.aside()).as("files").isOne();
    }
    assertThat(files(Hold.ASIDE)).as("a log that loses its end must not take the first").isEmpty();
    try (Journal journal = Journal.open(folder, true, 0)) {
      List<Observation> again = new ArrayList<>();
      journal.replay(
          (observations, bytes, held) -> {
            again.addAll(observations);
            if (observations.contains(observation(1))) {
              held.applied();
            } else {
              held.refused();
            }
          });
      assertThat(again).hasSize(3);
      assertThat(journal.aside()).isOne();
      journal.roll();
      journal.release();
    }
    assertThat(files(Segment.SUFFIX)).isEmpty();
    assertThat(files(Hold.ASIDE)).hasSize(1);
    assertThat(replayed()).isEmpty();
    try (Journal journal = Journal.open(folder, true, 0)) {
      assertThat(journal.aside()).isOne();
      journal.append(Journal.entry(List.of(observation(4))), held::add);
    }
    assertThat(files(Segment.SUFFIX).get(0).getFileName().toString())
        .as("no name comes again")
        .startsWith("000000000002");
  }

  @Test
  void anotherFileIsBegun_atTheLimit_andTheFirstGoesWithItsLastEntry() throws Exception {
    Observation large = Given.edit("t1", "s1", "src/A.java", "x".repeat(1 << 20));
    try (Journal journal = Journal.open(folder, false, 0)) {
      while (files(Segment.SUFFIX).size() < 2) {
        journal.append(Journal.entry(List.of(large)), held::add);
      }
      assertThat(Files.size(files(Segment.SUFFIX).get(0)))
          .isGreaterThanOrEqualTo(Segment.LIMIT_BYTES);
      assertThat(held).hasSize(9);
      held.subList(0, 7).forEach(Held::applied);
      journal.roll();
      journal.release();
      assertThat(files(Segment.SUFFIX)).hasSize(2);
      held.get(7).applied();
      journal.roll();
      journal.release();
      assertThat(files(Segment.SUFFIX)).hasSize(1);
    }
  }

  @Test
  void append_fromManyThreads_keepsEachOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> done = new ArrayList<>();
    List<Observation> written = new ArrayList<>();
    try (Journal journal = Journal.open(folder, true, 0)) {
      for (int i = 0; i < 200; i++) {
        Observation each = observation(i);
        written.add(each);
        done.add(
            threads.submit(
                () -> {
                  journal.append(Journal.entry(List.of(each)), held::add);
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      assertThat(held).hasSize(200);
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(replayed()).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void append_afterClose_isRefused() throws Exception {
    Journal journal = Journal.open(folder, true, 0);
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(new byte[0], held::add))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void append_whereNothingCanBeWritten_isRefused_andGoesOnAfterwards() throws Exception {
    Path inside = folder.resolve("journal");
    try (Journal journal = Journal.open(inside, true, 0)) {
      Files.delete(inside);
      assertThatThrownBy(() -> journal.append(new byte[0], held::add))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageStartingWith("nothing could be written: ")
          .hasMessageContaining(inside.toString())
          .extracting(e -> ((StoreUnavailableException) e).retryAfterMillis())
          .isEqualTo(Journal.RETRY_MILLIS);
      assertThat(journal.failure()).contains(inside.toString());
      assertThat(held).isEmpty();
      Files.createDirectory(inside);
      journal.append(new byte[0], held::add);
      assertThat(journal.failure()).isNull();
      assertThat(held).hasSize(1);
    }
  }

  @Test
  void aFileCutAnywhere_losesOnlyWhatIsBehindTheCut() throws Exception {
    byte[] whole = Files.readAllBytes(left(4));
    int each = (whole.length - Segment.MAGIC.length) / 4;
    for (int length = 0; length < whole.length; length++) {
      Path file = folder.resolve("000000000009" + Segment.SUFFIX);
      Files.write(file, Arrays.copyOf(whole, length));
      SegmentReader.Found found = SegmentReader.read(file);
      int complete = Math.max(0, length - Segment.MAGIC.length) / each;
      assertThat(found.entries()).as("cut at %d", length).hasSize(complete);
      assertThat(found.damaged()).as("cut at %d: it was not acknowledged", length).isFalse();
      Files.delete(file);
    }
  }

  @Test
  void aFlippedByteAnywhere_losesAtMostItsEntry_andTheFileIsKeptAside() throws Exception {
    Path file = left(4);
    byte[] whole = Files.readAllBytes(file);
    int cuts = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x55;
      Files.write(file, flipped);
      SegmentReader.Found found = SegmentReader.read(file);
      int intact = at < Segment.MAGIC.length ? 4 : 3;
      assertThat(found.entries()).as("flipped at %d", at).hasSize(intact);
      cuts += found.damaged() ? 0 : 1;
    }
    // The length of the last entry: a longer one looks as if it had been cut off.
    assertThat(cuts).isLessThanOrEqualTo(Integer.BYTES);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    Files.write(file, flipped);
    assertThat(replayed()).hasSize(3);
    assertThat(files(Segment.SUFFIX)).isEmpty();
    assertThat(files(Hold.ASIDE)).hasSize(1);
    assertThat(files(Hold.ASIDE).get(0)).hasBinaryContent(flipped);
  }

  @Test
  void anEntryOfANewerVersion_isKeptAside() throws Exception {
    try (Journal journal = Journal.open(folder, true, 0)) {
      journal.append(Journal.entry(List.of(observation(1))), held::add);
      journal.append(new byte[] {0x0A, 0x7F}, held::add); // a session that is longer than the entry
      journal.append(laterThanAnyTime(), held::add);
      journal.append(Journal.entry(List.of(observation(2))), held::add);
    }
    assertThat(replayed()).containsExactly(observation(1), observation(2));
    assertThat(files(Hold.ASIDE)).hasSize(1);
  }

  private static byte[] laterThanAnyTime() {
    return Entry.newBuilder()
        .addExporters(
            Exporter.newBuilder()
                .setSource(Source.SOURCE_EVENT)
                .setTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))
        .build()
        .toByteArray();
  }
}

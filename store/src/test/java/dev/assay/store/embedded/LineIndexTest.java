package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.collection;

import dev.assay.store.contract.Given;
import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/format says is done about each damage to the files of the line index. */
@Timeout(60)
class LineIndexTest {
  private static final int EDITS = 400;
  private static final Instant LATER = NOON.plus(Duration.ofDays(35));
  private static final String NAME = LineWindow.name(LineWindow.number(Join.micros(NOON)));

  @TempDir private Path folder;
  private final InMemoryEdits facts = new InMemoryEdits();

  @BeforeEach
  void twoWindows_stoppedCleanly() {
    for (int i = 0; i < EDITS; i++) {
      facts.edits.add(edit(i, NOON.plusSeconds(i)));
    }
    facts.edits.add(edit(EDITS, LATER));
    try (LineIndex index = open()) {
      isWhole(index);
    }
    assertThat(facts.read).hasValue(EDITS + 1);
    facts.read.set(0);
  }

  private static EditFact edit(int number, Instant time) {
    return edit(number, time, 2);
  }

  private static EditFact edit(int number, Instant time, int linesAdded) {
    return new EditFact(
        "t" + number,
        "s1",
        null,
        time,
        "Edit",
        List.of(REPOSITORY),
        "src/A" + number % 9 + ".java",
        linesAdded,
        0,
        Given.lines("int line" + number + " = " + number + ";", "a common line of all"),
        false,
        false);
  }

  private LineIndex open() {
    return new LineIndex(folder, facts, facts.edits.size());
  }

  /** Every line and every file's edits are found, and nothing else. */
  private void isWhole(LineIndex index) {
    List<String> lines =
        IntStream.rangeClosed(0, EDITS).mapToObj(i -> "int line" + i + " = " + i + ";").toList();
    long from = Join.micros(NOON);
    long to = Join.micros(LATER);
    assertThat(index.withLines(List.of(REPOSITORY), lines, from, to))
        .containsExactlyInAnyOrderElementsOf(facts.edits);
    assertThat(index.withLines(List.of(REPOSITORY), List.of("a common line of all"), from, to))
        .containsExactlyInAnyOrderElementsOf(
            facts.edits.subList(EDITS - LineWindow.LIMIT_POSTINGS, EDITS + 1));
    for (int file = 0; file < 9; file++) {
      String path = "src/A" + file + ".java";
      LineIndex.Found found =
          Objects.requireNonNull(index.inFiles(List.of(REPOSITORY), Set.of(path), from, to));
      assertThat(found.notIndexed()).isEmpty();
      assertThat(found.edits())
          .containsExactlyInAnyOrderElementsOf(
              facts.edits.stream().filter(edit -> path.equals(edit.path())).toList());
    }
    List<String> ids = facts.edits.stream().map(EditFact::toolUseId).toList();
    assertThat(index.ofIds(ids, from, to).values())
        .containsExactlyInAnyOrderElementsOf(
            facts.edits.stream().map(EditRecord::withoutLines).toList());
    assertThat(index.ofIds(ids, from + 1, to).values())
        .as("in a window, but not in these times")
        .hasSizeLessThan(ids.size())
        .allSatisfy(edit -> assertThat(edit.time()).isAfter(NOON));
    assertThat(index.ofIds(List.of("t1", "nobody's"), from, to)).containsOnlyKeys("t1");
    assertThat(index.ofIds(ids, from - 2 * LineWindow.MICROS, from - LineWindow.MICROS)).isEmpty();
    assertThat(index.size()).isEqualTo(EDITS + 1 + 2);
    assertThat(index.fill()).isBetween(0.0, 0.01).isPositive();
    assertThat(index.broken()).isNull();
    assertThat(index.rebuilding()).isFalse();
  }

  /** Opens it, and says how many edits were read for it; then it must open without any. */
  private int mended() {
    facts.read.set(0);
    try (LineIndex index = open()) {
      isWhole(index);
    }
    int read = facts.read.getAndSet(0);
    try (LineIndex index = open()) {
      isWhole(index);
    }
    assertThat(facts.read).as("mended for good").hasValue(0);
    return read;
  }

  /**
   * What is built of edits that the database has lost is not theirs who have their versions now.
   */
  @Test
  void aWindow_thatSaysMoreThanTheDatabaseHas_isBegunAnew() throws IOException {
    EditFact lost = facts.edits.get(EDITS);
    EditFact other = edit(EDITS + 50, LATER);
    facts.edits.set(EDITS, other);
    long from = Join.micros(NOON);
    long to = Join.micros(LATER);
    LineWindow.forgetAfter(folder, EDITS);
    try (LineIndex index = open()) {
      assertThat(index.withLines(List.of(REPOSITORY), IndexedLines.of(other.lines()), from, to))
          .contains(other)
          .doesNotContain(lost);
      assertThat(index.inFiles(List.of(REPOSITORY), Set.of(lost.path(), other.path()), from, to))
          .isNotNull()
          .extracting(LineIndex.Found::edits, as(collection(EditFact.class)))
          .contains(other)
          .doesNotContain(lost);
    }
  }

  private Path file(String suffix) {
    return folder.resolve(NAME + suffix);
  }

  /** How much of a file is in use: behind it lies room for more pages. */
  private long used(String suffix) throws IOException {
    if (suffix.equals(".edits") || suffix.equals(".state")) {
      return Files.size(file(suffix));
    }
    Properties state = new Properties();
    try (var in = Files.newInputStream(file(".state"))) {
      state.load(in);
    }
    String pages = state.getProperty(suffix.substring(1) + ".pages");
    return Long.parseLong(pages) * PageFile.PAGE_BYTES;
  }

  @Test
  void linesOfALargeTransaction_areReadSomeAtATime() throws Exception {
    for (int i = 0; i < 5; i++) {
      facts.edits.set(EDITS - 1 - i, edit(EDITS - 1 - i, NOON.plusSeconds(EDITS - 1 - i), 60_000));
    }
    Files.delete(file(".state"));
    facts.atOnce.clear();
    try (LineIndex index = open()) {
      isWhole(index);
    }
    assertThat(facts.atOnce).containsExactly(100, 100, 100, 97, 2, 1);
  }

  @Test
  void aCleanStop_readsNoFacts() {
    assertThat(mended()).isZero();
  }

  @Test
  void anEdit_thatMovedToAnEarlierWindow_whileNobodyFollowed_isFoundThereOnly() {
    facts.moved.put((long) EDITS + 2, LineWindow.number(Join.micros(LATER)));
    facts.edits.set(EDITS, edit(EDITS + 1, LATER)); // in its place: this window needs no edit
    EditFact moved = edit(EDITS, NOON.plusSeconds(EDITS));
    facts.edits.add(moved);
    try (LineIndex index = open()) {
      assertThat(
              index.withLines(
                  List.of(REPOSITORY),
                  List.of("int line" + EDITS + " = " + EDITS + ";"),
                  Join.micros(NOON),
                  Join.micros(LATER)))
          .containsExactly(moved);
    }
  }

  @Test
  void anEdit_thatIsWrittenAgain_whileItIsRead_isFoundByWhoAskedBefore() throws Exception {
    Files.delete(file(".lines"));
    facts.open = new CountDownLatch(1);
    try (LineIndex index = open()) {
      facts.before.add(() -> writeAgain(index, 0, edit(0, NOON)));
      FutureTask<List<EditFact>> asked = new FutureTask<>(() -> found(index, 0));
      Thread asking = new Thread(asked);
      asking.start();
      while (asking.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      facts.open.countDown();
      assertThat(asked.get()).containsExactly(edit(0, NOON));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anEdit_thatMoved_andIsWrittenAgainAsOftenAsItIsRead_isFoundInItsNewWindowOnly(int times) {
    facts.edits.set(0, edit(EDITS + 1, LATER));
    facts.edits.add(edit(0, LATER));
    facts.moved.put((long) facts.edits.size(), LineWindow.number(Join.micros(NOON)));
    facts.open = new CountDownLatch(1);
    try (LineIndex index = open()) {
      for (int time = 1; time <= times; time++) {
        EditFact again = edit(0, LATER.plusSeconds(time));
        facts.before.add(() -> writeAgain(index, facts.edits.size() - 1, again));
      }
      facts.open.countDown();
      while (!facts.before.isEmpty()) {
        found(index, 0);
      }
      assertThat(found(index, 0)).containsExactly(edit(0, LATER.plusSeconds(times)));
    }
    try (LineIndex index = open()) {
      assertThat(found(index, 0)).as("for good").hasSize(1);
    }
  }

  /** Something else is in its place then, and it is the last. */
  private void writeAgain(LineIndex index, int place, EditFact edit) {
    facts.edits.set(place, edit(EDITS + 2, LATER));
    facts.edits.add(edit);
    index.committed(CommittedEdits.unknown(facts.edits.size()));
  }

  private static List<EditFact> found(LineIndex index, int number) {
    return Objects.requireNonNull(
        index.withLines(
            List.of(REPOSITORY),
            List.of("int line" + number + " = " + number + ";"),
            Join.micros(NOON),
            Join.micros(LATER.plusSeconds(3))));
  }

  @Test
  void aFlippedByte_anywhereInAnyFile_buildsItsWindowAnew() throws Exception {
    for (String suffix : List.of(".lines", ".places", ".edits", ".state")) {
      long used = used(suffix);
      long step = Math.max(1, used / 12);
      for (long at = 0; at < used; at += step) {
        byte[] bytes = Files.readAllBytes(file(suffix));
        bytes[(int) at] ^= (byte) (1 << at % 8);
        Files.write(file(suffix), bytes);
        assertThat(mended()).as(suffix + " byte " + at).isEqualTo(EDITS);
        assertThat(used(suffix)).isEqualTo(used);
      }
    }
  }

  @Test
  void aFlippedByte_whereNothingIsYet_changesNothing() throws Exception {
    for (String suffix : List.of(".lines", ".places")) {
      byte[] bytes = Files.readAllBytes(file(suffix));
      for (int at = (int) used(suffix); at < bytes.length; at += 1009) {
        bytes[at] ^= 0x55;
      }
      Files.write(file(suffix), bytes);
      assertThat(mended()).isZero();
    }
    for (int i = EDITS + 1; i < 3 * EDITS; i++) {
      facts.edits.add(edit(i, NOON.plusSeconds(i))); // takes what was flipped into use
    }
    try (LineIndex index = open()) {
      assertThat(index.size()).isNotNegative();
      assertThat(
              index.withLines(
                  List.of(REPOSITORY),
                  List.of("int line" + EDITS * 2 + " = " + EDITS * 2 + ";"),
                  Join.micros(NOON),
                  Join.micros(LATER)))
          .containsExactly(facts.edits.get(EDITS * 2));
    }
  }

  @Test
  void aFileThatIsCutShort_orLonger_orMissing_buildsItsWindowAnew() throws Exception {
    for (String suffix : List.of(".lines", ".places", ".edits", ".state")) {
      byte[] whole = Files.readAllBytes(file(suffix));
      for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1, whole.length + 1}) {
        Files.write(file(suffix), Arrays.copyOf(Files.readAllBytes(file(suffix)), length));
        assertThat(mended()).as(suffix + " of " + length + " bytes").isEqualTo(EDITS);
      }
      Files.delete(file(suffix));
      assertThat(mended()).as(suffix + " missing").isEqualTo(EDITS);
    }
  }

  @Test
  void aForeignFile_buildsItsWindowAnew() throws Exception {
    String other = LineWindow.name(LineWindow.number(Join.micros(LATER)));
    for (String suffix : List.of(".lines", ".places", ".edits", ".state")) {
      Files.write(file(suffix), Files.readAllBytes(folder.resolve(other + suffix)));
      assertThat(mended()).as("another window's " + suffix).isEqualTo(EDITS);
      Files.writeString(file(suffix), "something else\n".repeat(1000), StandardCharsets.UTF_8);
      assertThat(mended()).as("text as " + suffix).isEqualTo(EDITS);
    }
  }

  @Test
  void whatACrashOrAnOlderVersionLeft_isDeleted_andNothingElse() throws Exception {
    List<String> left =
        List.of("open", NAME + ".state.tmp", NAME + ".0.map", "2020-01-01.lines", "2020-01-01.x");
    for (String name : left) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(mended()).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .hasSize(2 * 4 + 1)
          .contains("notes.txt")
          .doesNotContainAnyElementsOf(left);
    }
  }

  @Test
  void whileItIsBuiltAnew_itSaysSo_andWhoAsksWaits() throws Exception {
    Files.delete(file(".lines"));
    facts.open = new CountDownLatch(1);
    try (LineIndex index = open()) {
      assertThat(index.rebuilding()).isTrue();
      Thread asking = new Thread(() -> isWhole(index));
      asking.start();
      while (asking.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(index.rebuilding()).isTrue();
      assertThat(index.ofIds(List.of("t1"), Join.micros(NOON), Join.micros(LATER)))
          .as("the facts can tell too, so nobody waits")
          .isEmpty();
      facts.open.countDown();
      asking.join();
      isWhole(index);
    }
    assertThat(facts.read).hasValue(EDITS);
  }

  @Test
  void damageThatAQuestionMeets_isMendedBehindIt() throws Exception {
    try (LineIndex index = open()) {
      isWhole(index);
      byte[] bytes = Files.readAllBytes(file(".edits"));
      bytes[bytes.length / 2] ^= 1;
      Files.write(file(".edits"), bytes);
      assertThat(
              index.inFiles(
                  List.of(REPOSITORY),
                  IntStream.range(0, 9)
                      .mapToObj(i -> "src/A" + i + ".java")
                      .collect(java.util.stream.Collectors.toSet()),
                  Join.micros(NOON),
                  Join.micros(LATER)))
          .as("the facts are asked instead")
          .isNull();
      isWhole(index);
      assertThat(facts.read).hasValue(EDITS);
    }
    assertThat(mended()).isZero();
  }

  @Test
  void closedWhileAWindowIsBuilt_itIsNotCalledWhole() throws Exception {
    Files.delete(file(".lines"));
    facts.open = new CountDownLatch(1);
    LineIndex index = open();
    Thread closing = new Thread(index::close);
    closing.start();
    while (Arrays.stream(closing.getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("join"))) {
      Thread.onSpinWait(); // not while it only waits for the lock
    }
    facts.open.countDown();
    closing.join();
    assertThat(file(".state")).doesNotExist();
    assertThat(mended()).isEqualTo(EDITS);
  }
}

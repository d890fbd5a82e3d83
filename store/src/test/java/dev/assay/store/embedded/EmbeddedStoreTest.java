package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import dev.assay.store.report.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is the embedded store's alone: its directory, its retention, its line index. */
final class EmbeddedStoreTest {
  @TempDir Path directory;

  private StoreOptions options() {
    return StoreOptions.in(directory);
  }

  @Test
  void open_secondOnOneDirectory_namesTheProcess() throws Exception {
    try (Store store = Stores.open(options())) {
      assertThat(store.health().ready()).isTrue();
      assertThatThrownBy(() -> Stores.open(options()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("data directory " + directory + " is in use by process ")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
          .hasMessageContaining("--data");
    }
    Stores.open(options()).close();
  }

  @Test
  void open_whereNothingCanBeWritten_saysWhatToCheck() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> Stores.open(StoreOptions.in(file.resolve("data"))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("permissions");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void open_leavesNoUnpackedLibraryForAKillToLeaveBehind() throws Exception {
    try (Store store = Stores.open(options())) {
      assertThat(store.health().ready()).isTrue();
      try (var mapped = Files.lines(Path.of("/proc/self/maps"))) {
        assertThat(mapped.filter(line -> line.contains("/libduckdb_java")))
            .isNotEmpty()
            .allMatch(line -> line.endsWith("(deleted)"));
      }
    }
  }

  @Test
  void open_newerSchema_isRefused() throws Exception {
    Stores.open(options()).close();
    sql("UPDATE meta SET value = '99' WHERE name = 'schema'");
    assertThatThrownBy(() -> Stores.open(options()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(
            "written by a newer version of Assay (schema 99; this one knows "
                + Schema.VERSION
                + ")");
    sql("UPDATE meta SET value = '" + Schema.VERSION + "' WHERE name = 'schema'");
    Stores.open(options()).close();
  }

  @Test
  void open_damagedDatabase_isRefusedAndLeftAsItIs() throws Exception {
    byte[] garbage =
        "not a database at all, but long enough to be read as one"
            .repeat(400)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(directory.resolve("facts.duckdb"), garbage);
    assertThatThrownBy(() -> Stores.open(options()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("facts.duckdb cannot be opened");
    assertThat(directory.resolve("facts.duckdb")).hasBinaryContent(garbage);
  }

  @Test
  void rowGroups_areSmall_andLargerOnesAreGoneOnWith() throws Exception {
    try (Store store = Stores.open(options())) {
      store.commit(List.of(Given.edit("t", "s1", "src/A.java", "int answer = 42;")));
    }
    // As the engine itself, and older versions, wrote them.
    sql(
        "INSERT INTO edits SELECT e.* REPLACE ('t' || i AS tool_use_id) FROM edits e, range(30000) r(i)");
    assertThat(number("SELECT max(count) FROM pragma_storage_info('edits')")).isGreaterThan(24_576);
    List<Observation> sessions =
        IntStream.range(0, 30_000)
            .<Observation>mapToObj(i -> Given.session("s" + i, "ann@acme.example"))
            .toList();
    for (int start = 1; start <= 2; start++) {
      try (Store store = Stores.open(options())) {
        store.commit(sessions);
        store.commit(List.of(Given.edit("new" + start, "s1", "src/A.java", "line " + start)));
        assertThat(found(store, "line " + start)).containsExactly("new" + start);
      }
    }
    assertThat(number("SELECT count(DISTINCT tool_use_id) FROM edits")).isEqualTo(30_003);
    assertThat(number("SELECT count(DISTINCT session_id) FROM sessions")).isEqualTo(30_000);
    assertThat(number("SELECT max(count) FROM pragma_storage_info('sessions')")).isEqualTo(24_576);
  }

  @Test
  void zone_isTheOneOfTheFirstStart() throws Exception {
    StoreOptions auckland = options().withZone(ZoneId.of("Pacific/Auckland"));
    try (Store store = Stores.open(auckland)) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
    }
    try (Store store = Stores.open(options())) {
      assertThat(store.reports().adoption(Filter.ALL))
          .extracting(day -> day.day().toString())
          .containsExactly("2026-11-11");
    }
  }

  @Test
  void aliases_areOfThisStart() throws Exception {
    StoreOptions named =
        options().withAliases(Map.of("Ann", Set.of("ANN@acme.example", "ann@home.example")));
    try (Store store = Stores.open(named)) {
      store.commit(
          List.of(
              Given.session("s1", "ann@acme.example"),
              Given.edit("t1", "s1", "src/A.java", "int answer = 42;"),
              Given.session("s2", "ann@home.example"),
              Given.edit("t2", "s2", "src/A.java", "int other = 42;")));
      assertThat(store.reports().summary(Filter.ALL).users()).isEqualTo(1);
      assertThat(store.edits().byId(List.of("t2")).get(0).user()).isEqualTo("Ann");
    }
    try (Store store = Stores.open(options())) {
      assertThat(store.reports().summary(Filter.ALL).users()).isEqualTo(2);
    }
  }

  @Test
  void lines_expireWhenTheyWereKeptLongEnough() throws Exception {
    Instant[] now = {NOON};
    InstantSource clock = () -> now[0];
    StoreOptions thirty = options().withLineRetentionDays(30);
    var first = Given.edit("t1", "s1", "src/A.java", "int answer = 42;");
    var second = Given.edit("t2", "s1", "src/A.java", "int other = 43;");
    try (EmbeddedStore store = EmbeddedStore.open(thirty, clock)) {
      store.commit(List.of(first));
      store.settle();
      now[0] = NOON.plus(Duration.ofDays(1));
      store.commit(List.of(second));
      store.settle();
      now[0] = NOON.plus(Duration.ofDays(29));
      assertThat(store.expireLines()).isZero();
      assertThat(found(store, "int answer = 42;")).containsExactly("t1");
      now[0] = NOON.plus(Duration.ofDays(30));
      assertThat(store.expireLines()).isEqualTo(1);
      assertThat(store.expireLines()).isZero();
      long changed = store.health().changedFacts();
      store.commit(List.of(first));
      EditFact expired = store.edits().byId(List.of("t1")).get(0);
      assertThat(store.health().changedFacts()).isEqualTo(changed);
      assertThat(expired.lines()).isNull();
      assertThat(expired.linesAdded()).isEqualTo(1);
      assertThat(found(store, "int other = 43;")).containsExactly("t2");
      now[0] = NOON.plus(Duration.ofDays(31));
      assertThat(store.expireLines()).isEqualTo(1);
      assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(2);
    }
    try (EmbeddedStore store = EmbeddedStore.open(thirty, clock)) {
      assertThat(found(store, "int other = 43;")).isEmpty();
      assertThat(store.health().indexedLines()).isZero();
    }
    try (var files = Files.list(directory.resolve("lines"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void storedKeys_areLearntAfterAStart_andTheHealthTellsUntilThen() throws Exception {
    try (Store store = Stores.open(options())) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
    }
    CountDownLatch goOn = new CountDownLatch(1);
    ScheduledExecutorService chores = Executors.newSingleThreadScheduledExecutor();
    Future<?> held = chores.submit(() -> goOn.await(1, TimeUnit.MINUTES));
    try (Store store = EmbeddedStore.open(options(), InstantSource.system(), chores)) {
      assertThat(store.health().learningKeys()).isTrue();
      assertThat(store.health().keysFill()).isZero();
      goOn.countDown();
      assertThat(held.get()).isEqualTo(true);
      chores.submit(() -> {}).get(); // its turn comes after what the start asked for
      assertThat(store.health().learningKeys()).isFalse();
      assertThat(store.health().keysFill()).isPositive();
    }
    assertThat(chores.isShutdown()).isTrue();
  }

  @Test
  void index_afterACleanStop_isOpenedAsItWas() throws Exception {
    try (Store store = Stores.open(options())) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
      assertThat(found(store, "int answer = 42;")).containsExactly("t1");
    }
    List<Path> files = lineFiles();
    assertThat(files).hasSize(1);
    Object before = Files.getAttribute(files.get(0), "unix:ino");
    try (Store store = Stores.open(options())) {
      assertThat(found(store, "int answer = 42;")).containsExactly("t1");
      store.commit(List.of(Given.edit("t2", "s1", "src/A.java", "int other = 43;")));
      assertThat(found(store, "int other = 43;")).containsExactly("t2");
      assertThat(store.health().indexedLines()).isEqualTo(2);
    }
    assertThat(Files.getAttribute(lineFiles().get(0), "unix:ino"))
        .as("same file")
        .isEqualTo(before);
  }

  @Test
  void inFiles_findsEditsWithoutLinesToo_beforeAndAfterTheirWindowHasLines() throws Exception {
    var withheld = Given.withheld("t1", "s1", NOON, "src/A.java");
    try (Store store = Stores.open(options())) {
      store.commit(List.of(withheld));
      assertThat(inFile(store, NOON)).containsExactly("t1");
    }
    try (Store store = Stores.open(options())) {
      assertThat(inFile(store, NOON)).containsExactly("t1");
      store.commit(List.of(Given.edit("t2", "s1", "src/A.java", "int answer = 42;")));
      assertThat(inFile(store, NOON)).containsExactly("t1", "t2");
      store.commit(List.of(Given.withheld("t3", "s1", NOON, "src/A.java")));
      assertThat(inFile(store, NOON)).containsExactly("t1", "t2", "t3");
    }
    try (Store store = Stores.open(options())) {
      assertThat(inFile(store, NOON)).containsExactly("t1", "t2", "t3");
    }
  }

  @Test
  void anEditWhoseTimeIsCorrected_movesToAnotherWindow() throws Exception {
    Instant later = NOON.plus(Duration.ofDays(40));
    try (Store store = Stores.open(options())) {
      store.commit(
          List.of(
              Given.edit(Source.EVENT, "t1", "s1", NOON, "src/A.java", "int answer = 42;"),
              Given.edit(Source.EVENT, "t2", "s1", later, "src/A.java", "int other = 43;")));
      assertThat(inFile(store, NOON)).containsExactly("t1");
      store.commit(
          List.of(
              Given.edit(Source.TRANSCRIPT, "t1", "s1", later, "src/A.java", "int answer = 42;")));
      Instant stored = store.edits().byId(List.of("t1")).get(0).time();
      Instant other = stored.equals(NOON) ? later : NOON;
      assertThat(inFile(store, stored)).contains("t1");
      assertThat(inFile(store, other)).doesNotContain("t1");
    }
  }

  @Test
  void linesThatExpired_leaveNoTextInTheIndex() throws Exception {
    Instant[] now = {NOON};
    StoreOptions thirty = options().withLineRetentionDays(30);
    try (EmbeddedStore store = EmbeddedStore.open(thirty, () -> now[0])) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "an old secret")));
      store.settle();
      now[0] = NOON.plus(Duration.ofDays(1));
      store.commit(List.of(Given.edit("t2", "s1", "src/A.java", "int other = 43;")));
      store.settle();
      now[0] = NOON.plus(Duration.ofDays(30));
      assertThat(store.expireLines()).isEqualTo(1);
      store.commit(List.of(Given.edit("t3", "s1", "src/A.java", "int third = 44;")));
    }
    try (EmbeddedStore store = EmbeddedStore.open(thirty, () -> now[0])) {
      assertThat(inFile(store, NOON)).containsExactly("t1", "t2", "t3");
      assertThat(
              store.edits().inFiles(List.of(REPOSITORY), List.of("src/A.java"), NOON, NOON).stream()
                  .filter(edit -> edit.lines() == null)
                  .map(EditFact::toolUseId))
          .containsExactly("t1");
    }
    try (var files = Files.list(directory.resolve("lines"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".edits")).toList()) {
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .contains("int other = 43;")
            .doesNotContain("an old secret");
      }
    }
  }

  private static List<String> inFile(Store store, Instant time) {
    return store.edits().inFiles(List.of(REPOSITORY), List.of("src/A.java"), time, time).stream()
        .map(EditFact::toolUseId)
        .toList();
  }

  private List<Path> lineFiles() throws Exception {
    try (var files = Files.list(directory.resolve("lines"))) {
      return files.filter(file -> file.toString().endsWith(".lines")).sorted().toList();
    }
  }

  private static List<String> found(Store store, String line) {
    return store.edits().withLines(List.of(REPOSITORY), List.of(line), NOON, NOON).stream()
        .map(EditFact::toolUseId)
        .toList();
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("facts.duckdb"));
        Statement update = connection.createStatement()) {
      update.execute(statement);
    }
  }

  private long number(String question) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("facts.duckdb"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  @Test
  void withoutLines_areFoundWheneverTheyWereMade() throws Exception {
    try (Store store = Stores.open(options())) {
      Instant longAgo = NOON.minus(Duration.ofDays(80));
      store.commit(
          List.of(
              Given.session("s1", "ann@acme.example"),
              Given.edit("t1", "s1", "src/A.java", "one"),
              Given.edit(Source.TRANSCRIPT, "t2", "s1", longAgo, "src/B.java", "two"),
              // A session that nothing else tells of was not alive when it edited.
              Given.edit("t3", "s2", "src/C.java", "three")));
      List<EditFact> found = store.edits().withoutLines(List.of("t1", "t2", "t3", "t9"), NOON);
      assertThat(found).extracting(EditFact::toolUseId).containsExactly("t2", "t1", "t3");
      assertThat(found)
          .extracting(EditFact::user)
          .containsExactly("ann@acme.example", "ann@acme.example", null);
      assertThat(found).allMatch(edit -> edit.lines() == null);
      assertThat(store.edits().withoutLines(List.of(), NOON)).isEmpty();
    }
  }
}

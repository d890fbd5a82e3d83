package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Edits;
import dev.assay.store.StoreOptions;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Source;
import dev.assay.store.join.Join;
import dev.assay.store.journal.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EditVersionsTest {
  private static final List<String> ONE = List.of("a/b/c");
  private static final long DAY = Duration.ofDays(1).toMillis() * 1_000;
  private static final long MUCH = 1 << 20;
  private static final long NAME = EditVersions.NAME_BYTES + 2L * "a/b/c".length();

  /** Of {@code src/A.java} and {@code sub/src/A.java}: one repository, one leaf, two paths. */
  private static final long TWO_PATHS =
      NAME
          + (EditVersions.NAME_BYTES + 2L * "A.java".length())
          + 2 * EditVersions.PATH_BYTES
          + 2L * ("src/A.java".length() + "sub/src/A.java".length());

  private static final long TWO_DAYS = NAME + 2 * EditVersions.DAY_BYTES;

  @TempDir Path folder;

  private static void addTwoPaths(EditVersions versions) {
    versions.add(ONE, "src/A.java", 0, 1);
    versions.add(ONE, "sub/src/A.java", 0, 2);
    versions.add(ONE, "sub/src/A.java", 0, 3);
  }

  @Test
  void paths_thatJustHaveRoom_areHeld() {
    EditVersions versions = new EditVersions(new KeyRoom(TWO_PATHS), new KeyRoom(MUCH));
    addTwoPaths(versions);
    assertThat(versions.nestedPaths(ONE, List.of("src/A.java"))).containsExactly("sub/src/A.java");
    assertThat(versions.fill()).isOne();
  }

  @Test
  void paths_oneBytePastTheirRoom_areNotKnownAnyMore_andDaysAre() {
    EditVersions versions = new EditVersions(new KeyRoom(TWO_PATHS - 1), new KeyRoom(MUCH));
    addTwoPaths(versions);
    assertThat(versions.nestedPaths(ONE, List.of("src/A.java"))).isNull();
    versions.add(ONE, "A.java", 0, 4);
    assertThat(versions.nestedPaths(ONE, List.of("src/A.java"))).as("for good").isNull();
    assertThat(versions.fill()).isOne();
    assertThat(versions.atMost(ONE, 0, DAY - 1)).isEqualTo(4);
    assertThat(versions.known(List.of("x/y/z"))).isEmpty();
  }

  @Test
  void days_thatJustHaveRoom_areHeld() {
    EditVersions versions = new EditVersions(new KeyRoom(MUCH), new KeyRoom(TWO_DAYS));
    versions.add(ONE, null, 0, 1);
    versions.add(ONE, null, DAY, 2);
    versions.add(ONE, null, DAY, 3);
    assertThat(versions.atMost(ONE, 0, 2 * DAY - 1)).isEqualTo(3);
    assertThat(versions.atLeast(ONE, 0, 2 * DAY - 1)).isEqualTo(3);
    assertThat(versions.known(List.of("a/b/c", "x/y/z"))).containsExactly("a/b/c");
  }

  @Test
  void days_oneBytePastTheirRoom_mayAllHaveChanged_andPathsAreKnown() {
    EditVersions versions = new EditVersions(new KeyRoom(MUCH), new KeyRoom(TWO_DAYS - 1));
    versions.add(ONE, "src/A.java", 0, 1);
    versions.add(ONE, "sub/src/A.java", DAY, 2);
    versions.add(ONE, null, DAY, 3);
    assertThat(versions.atMost(ONE, 0, 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(versions.atLeast(ONE, 0, 2 * DAY - 1)).isZero();
    assertThat(versions.known(List.of("a/b/c", "x/y/z"))).containsExactly("a/b/c", "x/y/z");
    assertThat(versions.fill()).isOne();
    assertThat(versions.nestedPaths(ONE, List.of("src/A.java"))).containsExactly("sub/src/A.java");
  }

  @Test
  void withoutAnyRoom_theDatabaseAnswersTheSame() throws Exception {
    Map<String, String> paths =
        Map.of(
            "t1", "draft/src/A.java",
            "t2", "A.java",
            "t3", "src/A.java",
            "t4", "other/A.java",
            "t5", "draft/mysrc/A.java");
    Instant next = NOON.plus(Duration.ofDays(1));
    try (DataDirectory directory = DataDirectory.take(folder);
        Database database = Database.open(directory, StoreOptions.in(folder));
        CommittedFile committed = CommittedFile.open(directory.committed(), 0)) {
      Journal journal = Journal.open(directory.journal(), true, 0);
      EditReader reader = new EditReader(database);
      LineIndex index = new LineIndex(directory.lines(), new EditQueries(database, reader), 0);
      FactKinds kinds = new FactKinds(new Days(ZoneOffset.UTC));
      Writer writer = Writers.open(database, committed, journal, kinds, index::committed);
      try (index;
          Commits commits = new Commits(journal, writer, new Room(100, MUCH))) {
        for (Map.Entry<String, String> each : paths.entrySet()) {
          commits.commit(List.of(Given.edit(each.getKey(), "s1", each.getValue(), "a line")), 0);
        }
        commits.commit(
            List.of(Given.edit(Source.TRANSCRIPT, "t6", "s1", next, "src/A.java", "more")), 0);
        assertThat(commits.settle()).isTrue();
        EditVersions whole = new EditVersions();
        whole.learn(database);
        EditVersions none = new EditVersions(new KeyRoom(0), new KeyRoom(0));
        none.learn(database);
        assertThat(none.nestedPaths(List.of(REPOSITORY), List.of("src/A.java"))).isNull();
        Sums sums = new Sums(database, Map.of());
        Edits held = new EmbeddedEdits(database, commits, sums, reader, index, whole);
        Edits asked = new EmbeddedEdits(database, commits, sums, reader, index, none);
        for (String repository : List.of(REPOSITORY, "x/y/z")) {
          List<String> names = List.of(repository);
          for (Set<String> wanted :
              List.of(Set.of("src/A.java"), Set.of("A.java", "src/A.java"), Set.<String>of())) {
            assertThat(asked.nestedPaths(names, wanted)).isEqualTo(held.nestedPaths(names, wanted));
          }
          for (Instant from : List.of(Instant.EPOCH, NOON, next, next.plusMillis(1))) {
            for (Instant to : List.of(Instant.EPOCH, NOON, next, Join.instant(Long.MAX_VALUE))) {
              assertThat(asked.version(names, from, to)).isEqualTo(held.version(names, from, to));
            }
          }
          assertThat(asked.inFiles(names, Set.of("src/A.java"), NOON, next))
              .isEqualTo(held.inFiles(names, Set.of("src/A.java"), NOON, next));
        }
        assertThat(asked.nestedPaths(List.of(REPOSITORY), Set.of("src/A.java")))
            .containsExactly("A.java", "draft/src/A.java");
        long before = asked.version(List.of(REPOSITORY), NOON, NOON);
        commits.commit(List.of(Given.edit("t7", "s1", "src/B.java", "new")), 0);
        assertThat(asked.version(List.of(REPOSITORY), NOON, NOON)).isGreaterThan(before);
      }
    }
  }
}

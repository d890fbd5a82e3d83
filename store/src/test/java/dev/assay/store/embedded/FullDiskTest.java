package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.report.Filter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes no more: a child process limits the size of its files, so that a write fails as
 * on a full disk. Commits are refused until there is room again; what was acknowledged stays.
 */
@EnabledIf("limitsCanBeSet")
final class FullDiskTest {
  @TempDir Path directory;

  static boolean limitsCanBeSet() {
    return Files.isExecutable(Path.of(Filling.PRLIMIT));
  }

  @Test
  void commit_onAFullDisk_isRefusedUntilThereIsRoom() throws Exception {
    Process process =
        new ProcessBuilder(ChildProcess.java(Filling.class, directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    List<String> acknowledged = lines.stream().filter(line -> line.startsWith("edit")).toList();
    int databaseFull = lines.indexOf("the database is full");
    int allFull = lines.indexOf("all is full");
    int room = lines.indexOf("there is room");
    assertThat(lines.subList(0, databaseFull)).allMatch(line -> line.startsWith("edit"));
    assertThat(lines.subList(databaseFull, allFull))
        .as("the journal has what the database could not take")
        .anyMatch(line -> line.startsWith("edit"));
    assertThat(lines.subList(allFull + 1, room))
        .hasSize(Filling.REFUSALS)
        .allMatch(line -> line.startsWith("refused: nothing could be written: "))
        .allMatch(line -> line.endsWith("; not ready"));
    assertThat(lines.subList(room + 1, lines.size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("edit"));
    try (Store store = Stores.open(StoreOptions.in(directory))) {
      assertThat(store.edits().byId(acknowledged)).hasSameSizeAs(acknowledged);
      assertThat(store.reports().summary(Filter.ALL).linesAccepted())
          .as("nothing of a refused commit was kept")
          .isEqualTo((long) Filling.LINES * acknowledged.size());
    }
  }

  @Test
  void theLineIndexOnAFullDisk_isRefused_andTheProcessLives() throws Exception {
    Process process =
        new ProcessBuilder(
                ChildProcess.java(GrowingFile.class, directory.resolve("some.lines").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("refused: ");
    assertThat(lines.get(1)).startsWith("whole: ");
  }
}

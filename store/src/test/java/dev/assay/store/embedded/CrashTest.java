package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.EditFact;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9: nothing that was acknowledged is lost, and the line index mends itself. */
final class CrashTest {
  private static final int KILLS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 150;

  /** Between the edits of one run and the next, so that all lie in one window. */
  private static final int SECONDS_APART = 100_000;

  @TempDir Path directory;

  @Test
  void reopen_afterKill_losesNothingAcknowledged() throws Exception {
    Set<Integer> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged.addAll(runAndKill(kill * SECONDS_APART));
    }
    try (Store store = Stores.open(StoreOptions.in(directory))) {
      List<String> ids = acknowledged.stream().map(number -> "edit" + number).toList();
      assertThat(store.edits().byId(ids)).hasSameSizeAs(ids);
      assertThat(found(store, acknowledged.stream().map(Crashing::line).toList()))
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(found(store, List.of("a common line of all"))).hasSize(LineWindow.LIMIT_POSTINGS);
      assertThat(store.health().ready()).isTrue();
      assertThat(store.health().indexRebuilding()).isFalse();
      assertThat(store.health().indexedLines()).isGreaterThan(acknowledged.size());
    }
  }

  private static Collection<String> found(Store store, List<String> lines) {
    return store
        .edits()
        .withLines(
            List.of(Given.REPOSITORY),
            lines,
            Given.NOON,
            Given.NOON.plusSeconds((long) KILLS * SECONDS_APART))
        .stream()
        .map(EditFact::toolUseId)
        .toList();
  }

  private List<Integer> runAndKill(int first) throws Exception {
    List<String> command =
        ChildProcess.java(Crashing.class, directory.toString(), Integer.toString(first));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<Integer> acknowledged = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.endsWith(";")) { // else the kill cut it
          acknowledged.add(Integer.parseInt(line.substring(0, line.length() - 1)));
        }
        if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
          process.toHandle().destroyForcibly(); // the process's own method closes its output too
        }
        line = lines.readLine();
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed").isEqualTo(137);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
    return acknowledged;
  }
}

package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Disks that fail, by libfiu's preloaded library (Debian: {@code fiu-utils}): system calls of a
 * process that runs fail while the fault is on.
 */
@EnabledIf("faultsCanBeMade")
final class FaultTest {
  private static final Path RUN = Path.of("/usr/bin/fiu-run");
  private static final long EIO = 5;
  private static final long ENOSPC = 28;

  @TempDir Path folder;

  static boolean faultsCanBeMade() {
    return Files.isExecutable(RUN);
  }

  @ParameterizedTest
  @CsvSource({
    "posix/io/sync/fdatasync, " + EIO,
    "posix/io/rw/write, " + ENOSPC,
    "posix/io/rw/write, " + EIO,
  })
  void whileTheDiskFails_nothingIsAcknowledgedThatIsNotKept_andThenItGoesOn(String call, int errno)
      throws Exception {
    List<String> failing = whileFailing(call, errno);
    assertThat(failing.subList(0, 3))
        .allMatch(line -> line.startsWith("refused for 10000: nothing could be written: "));
    assertKept("edit0", "edit1", "edit2", "edit6", "edit7");
  }

  @Test
  void whileTheDatabaseAloneFails_theJournalKeepsWhatIsAcknowledged_andItBecomesFacts()
      throws Exception {
    List<String> failing = whileFailing("posix/io/sync/fsync", EIO);
    assertThat(failing.subList(0, 3)).containsExactly("edit3", "edit4", "edit5");
    assertKept("edit0", "edit1", "edit2", "edit3", "edit4", "edit5", "edit6", "edit7");
  }

  private void assertKept(String... ids) throws Exception {
    try (Store store = Stores.open(StoreOptions.in(folder.resolve("data")))) {
      assertThat(store.edits().byId(List.of(ids))).hasSameSizeAs(ids);
    }
  }

  private List<String> whileFailing(String call, long errno) throws Exception {
    Path data = folder.resolve("data");
    Path done = Files.createDirectory(folder.resolve("done"));
    List<String> command = new ArrayList<>(List.of(RUN.toString(), "-x", "-f", control()));
    command.addAll(ChildProcess.java(Faulting.class, data.toString(), done.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> healthy;
    List<String> failing;
    List<String> after;
    try (BufferedWriter orders = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      await(process, done.resolve("open"));
      healthy = ordered(process, orders, done, said, 0, 3, null, 0); // and they are facts
      failing = ordered(process, orders, done, said, 3, 6, call, errno);
      after = ordered(process, orders, done, said, 6, 8, null, 0);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(healthy).containsExactly("edit0", "edit1", "edit2", "ready");
    assertThat(after).containsExactly("edit6", "edit7", "ready");
    return failing;
  }

  private String control() {
    return folder.resolve("ctl").toString();
  }

  private List<String> ordered(
      Process process,
      BufferedWriter orders,
      Path done,
      BufferedReader said,
      int first,
      int end,
      @Nullable String call,
      long errno)
      throws Exception {
    if (call != null) {
      control(process, "enable name=" + call + ",failinfo=" + errno);
    }
    for (int number = first; number < end; number++) {
      orders.write(number + "\n");
      orders.flush();
      await(process, done.resolve(Integer.toString(number)));
    }
    if (call != null) {
      control(process, "disable name=" + call);
    }
    orders.write(first > 0 && call == null ? "recover\n" : "tell\n");
    orders.flush();
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine();
        line != null && !line.equals("end");
        line = said.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private void control(Process process, String order) throws Exception {
    int exit =
        new ProcessBuilder(
                "/usr/bin/fiu-ctrl", "-f", control(), "-c", order, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    assertThat(exit).isZero();
  }

  private static void await(Process process, Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      assertThat(process.isAlive()).as("the process lives").isTrue();
      Thread.sleep(5);
    }
  }
}

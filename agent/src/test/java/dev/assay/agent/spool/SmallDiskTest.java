package dev.assay.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The spool on a real disk that is small, and later read-only: a file system in memory that is
 * mounted for one process alone (util-linux, in a user's namespace).
 */
@EnabledIf("smallDisksCanBeMounted")
class SmallDiskTest {
  private static final List<String> ALONE = List.of("unshare", "--map-root-user", "--mount");
  private static final String MOUNT = "mount -t tmpfs -o size=512k none \"$0\" && exec \"$@\"";

  @TempDir Path folder;

  static boolean smallDisksCanBeMounted() throws InterruptedException {
    try {
      Path somewhere = java.nio.file.Files.createTempDirectory("small-disk");
      return mounted(somewhere, "true").start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static ProcessBuilder mounted(Path at, String... command) {
    List<String> line = new java.util.ArrayList<>(ALONE);
    line.addAll(List.of("sh", "-c", MOUNT, at.toString()));
    line.addAll(List.of(command));
    return new ProcessBuilder(line);
  }

  /** Nothing that was taken is lost or comes twice, and the spool goes on as soon as it can. */
  @Test
  void fullAndReadOnly_losesNothing_andGoesOn() throws Exception {
    Process process =
        mounted(
                folder,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmallDisk.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      said = out.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(all(said, "refused full")).as("refused while the disk is full").isGreaterThan(20);
    assertThat(all(said, "refused read-only")).isEqualTo(1);
    List<String> taken = with(said, "taken ");
    assertThat(taken).hasSizeGreaterThan(30);
    assertThat(with(said, "delivered ")).isEqualTo(taken);
  }

  private static long all(List<String> said, String word) {
    return said.stream().filter(line -> line.startsWith(word)).count();
  }

  private static List<String> with(List<String> said, String word) {
    return said.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .toList();
  }
}

package dev.assay.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      Path somewhere = Files.createTempDirectory("small-disk");
      try {
        return mounted(somewhere, "true").start().waitFor() == 0;
      } finally {
        Files.delete(somewhere);
      }
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static ProcessBuilder mounted(Path at, String... command) {
    List<String> line = new ArrayList<>(ALONE);
    line.addAll(List.of("sh", "-c", MOUNT, at.toString()));
    line.addAll(List.of(command));
    return new ProcessBuilder(line);
  }

  /** Nothing that was taken is lost or comes twice, and the spool goes on as soon as it can. */
  @Test
  void fullAndReadOnly_losesNothing_andGoesOn(@TempDir Path outside) throws Exception {
    Path out = outside.resolve("out");
    Process process =
        mounted(
                folder,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmallDisk.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> said = Files.readAllLines(out);
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

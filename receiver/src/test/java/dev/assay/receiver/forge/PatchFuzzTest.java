package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.fuzz.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever git is taken to have said, its patch is read, or refused as what it is. */
class PatchFuzzTest {
  /** Of patches. */
  public static final class Patches {
    private Patches() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      read(input);
    }
  }

  static Stream<Path> patches() {
    return Corpus.of("git-patch");
  }

  @ParameterizedTest
  @MethodSource("patches")
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void patches_replayed(Path input) throws IOException {
    Patches.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @Test
  void patches_areRead() throws IOException {
    assertThat(Corpus.reaches("git-patch", PatchFuzzTest::read)).isTrue();
  }

  private static boolean read(byte[] input) {
    try {
      List<Patch> patches = PatchReader.read(new ByteArrayInputStream(input));
      check(patches);
      return !patches.isEmpty();
    } catch (GitException refused) {
      if (refused.getMessage() == null) {
        throw new IllegalStateException("refused without a word", refused);
      }
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
  }

  private static void check(List<Patch> patches) {
    for (Patch patch : patches) {
      for (Patch.Hunk hunk : patch.hunks()) {
        int before = 0;
        int after = 0;
        for (Patch.Line line : hunk.lines()) {
          if (line.added() && line.removed()) {
            throw new IllegalStateException("a line on neither side of " + patch.path());
          }
          if ((!line.added() && line.oldNumber() <= before)
              || (!line.removed() && line.newNumber() <= after)) {
            throw new IllegalStateException("line numbers that do not rise in " + patch.path());
          }
          before = Math.max(before, line.oldNumber());
          after = Math.max(after, line.newNumber());
        }
      }
    }
  }
}

package dev.assay.agent.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

/**
 * Whatever a transcript or a hook says, a line of it is a record, nothing that is needed, or one of
 * the two documented refusals. bench/fuzz runs the targets.
 */
class RecordFuzzTest {
  private static final RecordReader READER = new RecordReader("session");

  /** Of lines of a transcript. */
  public static final class Transcripts {
    private Transcripts() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      int from = 0;
      for (int at = 0; at <= input.length; at++) {
        if (at == input.length || input[at] == '\n') {
          read(input, from, at, false);
          read(input, from, at, true);
          from = at + 1;
        }
      }
    }
  }

  /** Of what a hook is given. */
  public static final class Hooks {
    private Hooks() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      try {
        HookRecord record = HookReader.read(input);
        if (record != null) {
          Objects.requireNonNull(record.edit().path());
        }
      } catch (HookReader.MalformedException refused) {
        Objects.requireNonNull(refused.getMessage());
      }
    }
  }

  static Stream<Path> transcripts() {
    return corpus("transcript");
  }

  static Stream<Path> hooks() {
    return corpus("hook");
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void transcripts_replayed(Path input) throws IOException {
    Transcripts.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @ParameterizedTest
  @MethodSource("hooks")
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void hooks_replayed(Path input) throws IOException {
    Hooks.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  private static void read(byte[] bytes, int from, int to, boolean envelopeWanted) {
    try {
      TranscriptRecord record = READER.read(bytes, from, to, envelopeWanted);
      if (record != null) {
        Objects.requireNonNull(record.envelope());
      }
      byte[] alone = Arrays.copyOfRange(bytes, from, to);
      if (!Objects.equals(READER.read(alone, 0, alone.length, envelopeWanted), record)) {
        throw new IllegalStateException("a line that says something else where it stands alone");
      }
    } catch (JacksonException | RecordReader.NotARecordException refused) {
      // Counted and complained of by Capture.
    }
  }

  private static Stream<Path> corpus(String name) {
    Path folder =
        Path.of(System.getProperty("assay.testdata", "../testdata")).resolve("fuzz").resolve(name);
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

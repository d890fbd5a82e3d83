package dev.assay.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
      records(input);
    }
  }

  /** Of what a hook is given. */
  public static final class Hooks {
    private Hooks() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      isEdit(input);
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

  @Test
  void eachCorpus_holdsRecords() throws IOException {
    int records = 0;
    for (Path input : transcripts().toList()) {
      records += records(Files.readAllBytes(input));
    }
    assertThat(records).isPositive();
    int edits = 0;
    for (Path input : hooks().toList()) {
      edits += isEdit(Files.readAllBytes(input)) ? 1 : 0;
    }
    assertThat(edits).isPositive();
  }

  /** How many lines of an input are records. */
  private static int records(byte[] input) {
    int records = 0;
    int from = 0;
    for (int at = 0; at <= input.length; at++) {
      if (at == input.length || input[at] == '\n') {
        read(input, from, at, false);
        records += read(input, from, at, true) ? 1 : 0;
        from = at + 1;
      }
    }
    return records;
  }

  private static boolean isEdit(byte[] input) {
    try {
      HookRecord record = HookReader.read(input);
      if (record != null) {
        Objects.requireNonNull(record.edit().path());
      }
      return record != null;
    } catch (HookReader.MalformedException refused) {
      Objects.requireNonNull(refused.getMessage());
      return false;
    }
  }

  private static boolean read(byte[] bytes, int from, int to, boolean envelopeWanted) {
    try {
      TranscriptRecord record = READER.read(bytes, from, to, envelopeWanted);
      if (record != null) {
        Objects.requireNonNull(record.envelope());
      }
      byte[] alone = Arrays.copyOfRange(bytes, from, to);
      if (!Objects.equals(READER.read(alone, 0, alone.length, envelopeWanted), record)) {
        throw new IllegalStateException("a line that says something else where it stands alone");
      }
      return record != null;
    } catch (JacksonException | RecordReader.NotARecordException refused) {
      return false; // counted and complained of by Capture
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

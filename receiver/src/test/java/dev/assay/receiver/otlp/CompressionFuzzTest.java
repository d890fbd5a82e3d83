package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.fuzz.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a body's frame claims, what comes out keeps to the limit, and the gate has its room back
 * afterwards.
 */
class CompressionFuzzTest {
  static final int LIMIT_BYTES = 1 << 20;

  /** Of gzip and zstd. */
  public static final class Frames {
    private Frames() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      for (Compression compression : Compression.values()) {
        opens(compression, input);
      }
    }
  }

  static Stream<Path> frames() {
    return Corpus.of("frames");
  }

  @ParameterizedTest
  @MethodSource("frames")
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void frames_replayed(Path input) throws IOException {
    Frames.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @ParameterizedTest
  @EnumSource
  void frames_areOpened(Compression compression) throws IOException {
    assertThat(Corpus.reaches("frames", input -> opens(compression, input))).isTrue();
  }

  /** Whether an input is whole, and within the limit. */
  private static boolean opens(Compression compression, byte[] input) {
    boolean whole = false;
    Gate gate = new Gate(LIMIT_BYTES, 0);
    try (Gate.Place place = gate.enter();
        InputStream in = compression.open(new ByteArrayInputStream(input))) {
      if (Body.read(in, -1, LIMIT_BYTES, place).length > LIMIT_BYTES) {
        throw new IllegalStateException("more than the limit came out");
      }
      whole = true;
    } catch (IOException damaged) {
      // It is answered with a refusal.
    } catch (Refused refused) {
      if (refused.why() != Cause.TOO_LARGE) {
        throw new IllegalStateException("refused as " + refused.why(), refused);
      }
    }
    try (Gate.Place all = gate.enter()) {
      all.grow(LIMIT_BYTES);
    } catch (Refused leaked) {
      throw new IllegalStateException("room of the gate was not given back", leaked);
    }
    return whole;
  }
}

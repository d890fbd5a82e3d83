package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.interpret.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real exports, damaged at random: whatever comes, the decoders end, and with nothing but a message
 * or the one documented refusal; the interpreter throws nothing at all. Seeds are fixed: what fails
 * once fails again.
 */
class DecoderFuzzTest {
  private static final int ROUNDS = 1500;
  private static final List<Signal> SIGNALS = List.of(Signal.values());
  private final Interpreter interpreter = new Interpreter();

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void damaged_endsInAMessageOrARefusal(Encoding encoding) {
    List<Capture.Export> exports =
        Capture.all().stream().flatMap(capture -> capture.exports().stream()).toList();
    Random random = new Random(encoding.mediaType().hashCode());
    int messages = 0;
    int refusals = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Capture.Export export = exports.get(random.nextInt(exports.size()));
      byte[] bytes = encoding == Encoding.JSON ? export.asJson() : export.asProtobuf();
      Signal signal =
          random.nextInt(10) == 0
              ? SIGNALS.get(random.nextInt(SIGNALS.size()))
              : export.isLogs() ? Signal.LOGS : Signal.METRICS;
      try {
        Message message = encoding.read(signal.request(), damaged(bytes, random));
        Interpretation read = signal.interpret(interpreter, message, Instant.EPOCH);
        assertThat(read.count(Reason.Kind.IGNORED) + read.count(Reason.Kind.REJECTED))
            .isLessThanOrEqualTo(read.records());
        messages++;
      } catch (Refused refused) {
        assertThat(refused.why()).isEqualTo(Cause.MALFORMED);
        refusals++;
      }
    }
    assertThat(messages).as("the damage must not be so great that nothing is read").isPositive();
    assertThat(refusals).as("nor so small that nothing is refused").isPositive();
  }

  @Test
  void nesting_anyBytes_end() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) "{}[]\"\\ax".charAt(random.nextInt(8));
      }
      assertThat(JsonNesting.depth(bytes)).isBetween(0, bytes.length);
    }
  }

  static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int wounds = 1 + random.nextInt(4);
    for (int i = 0; i < wounds && bytes.length > 2; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at); // torn
        case 3 -> { // a piece is repeated elsewhere
          int to = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes.clone(), at, bytes, to, length);
        }
        default -> { // a piece is missing
          byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
          System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
          bytes = shorter;
        }
      }
    }
    return bytes;
  }
}

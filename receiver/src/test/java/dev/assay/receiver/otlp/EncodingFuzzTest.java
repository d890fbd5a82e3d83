package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.assay.receiver.fuzz.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come, each decoder of OTLP ends in a message or in the one documented refusal; and
 * a message can be written and read again, as a forward does.
 */
class EncodingFuzzTest {
  /** Of OTLP/protobuf. */
  public static final class Protobuf {
    private Protobuf() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(Encoding.PROTOBUF, input);
    }
  }

  /** Of OTLP/JSON. */
  public static final class Json {
    private Json() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(Encoding.JSON, input);
    }
  }

  static Stream<Path> protobuf() {
    return Corpus.of("otlp-protobuf");
  }

  static Stream<Path> json() {
    return Corpus.of("otlp-json");
  }

  @ParameterizedTest
  @MethodSource("protobuf")
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void protobuf_replayed(Path input) throws IOException {
    Protobuf.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @ParameterizedTest
  @MethodSource("json")
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void json_replayed(Path input) throws IOException {
    Json.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @ParameterizedTest
  @CsvSource({"PROTOBUF, otlp-protobuf", "JSON, otlp-json"})
  void corpus_holdsMessages(Encoding encoding, String corpus) throws IOException {
    assertThat(Corpus.reaches(corpus, input -> check(encoding, input))).isTrue();
  }

  /** Whether a signal's message, with anything in it, was read. */
  private static boolean check(Encoding encoding, byte[] input) {
    boolean any = false;
    for (Signal signal : Signal.values()) {
      Message message = read(encoding, signal, input);
      if (message == null) {
        continue;
      }
      try {
        Message again = message.getParserForType().parseFrom(message.toByteArray());
        if (!again.equals(message)) {
          throw new IllegalStateException("written and read again, " + signal + " differs");
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("what was read cannot be read again", e);
      }
      any |= message.getSerializedSize() > 0;
    }
    return any;
  }

  private static @Nullable Message read(Encoding encoding, Signal signal, byte[] input) {
    try {
      return encoding.read(signal.request(), input);
    } catch (Refused refused) {
      if (refused.why() != Cause.MALFORMED) {
        throw new IllegalStateException("refused as " + refused.why(), refused);
      }
      return null;
    }
  }
}

package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.assay.receiver.capture.Capture;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, it says what the generated code says of them. */
class LogsReaderTest {
  private static final int ROUNDS = 20_000;

  @Test
  void captures_areReadAsTheGeneratedCodeReadsThem() throws Exception {
    int records = 0;
    for (byte[] bytes : exports()) {
      ExportLogsServiceRequest read = LogsReader.read(bytes);
      assertThat(read).isEqualTo(ExportLogsServiceRequest.parseFrom(bytes));
      assertThat(read.toByteArray()).isEqualTo(bytes);
      records += read.getResourceLogs(0).getScopeLogs(0).getLogRecordsCount();
    }
    assertThat(records).isPositive();
  }

  @Test
  void damagedCaptures_areReadOrRefusedAsTheGeneratedCodeDoes() {
    Random random = new Random(11);
    List<byte[]> exports = exports();
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] whole = exports.get(random.nextInt(exports.size()));
      byte[] bytes = DecoderFuzzTest.damaged(whole, random);
      ExportLogsServiceRequest generated = generated(bytes);
      if (generated == null) {
        refused++;
        assertThatThrownBy(() -> LogsReader.read(bytes))
            .isInstanceOf(InvalidProtocolBufferException.class);
      } else {
        assertThat(read(bytes)).isEqualTo(generated);
      }
    }
    assertThat(refused).isBetween(ROUNDS / 100, ROUNDS * 99 / 100);
  }

  @Test
  void anAttributeThatComesAgain_isMadeOnce() throws Exception {
    KeyValue session = text("session.id", "s1");
    ExportLogsServiceRequest read =
        LogsReader.read(
            request(
                LogRecord.newBuilder().addAttributes(session).addAttributes(text("a", "1")),
                LogRecord.newBuilder().addAttributes(session).addAttributes(text("a", "2"))));
    List<LogRecord> records = read.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
    assertThat(records.get(1).getAttributes(0)).isSameAs(records.get(0).getAttributes(0));
    assertThat(records.get(1).getAttributes(1)).isEqualTo(text("a", "2"));
  }

  @Test
  void aKeyThatComesAgain_isOneString_andOfSeveralTheLastHolds() throws Exception {
    KeyValue first = text("tool_use_id", "t1");
    ExportLogsServiceRequest read =
        LogsReader.read(
            request(
                LogRecord.newBuilder().addAttributes(first),
                LogRecord.newBuilder().addAttributes(text("tool_use_id", "t2"))));
    List<LogRecord> records = read.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
    assertThat(records.get(1).getAttributes(0).getKey())
        .isSameAs(records.get(0).getAttributes(0).getKey());

    // Two keys, then an attribute as long that begins with the first of them; and the reverse.
    ByteString two =
        KeyValue.newBuilder()
            .setKey("abc")
            .build()
            .toByteString()
            .concat(
                KeyValue.newBuilder()
                    .setKey("xyz")
                    .setValue(AnyValue.newBuilder().setIntValue(1))
                    .build()
                    .toByteString());
    ByteString one = text("abc", "hello").toByteString();
    assertThat(one.size()).isEqualTo(two.size());
    for (List<ByteString> order : List.of(List.of(two, one, two), List.of(one, two, one))) {
      byte[] bytes =
          request(order.stream().map(LogsReaderTest::raw).toArray(LogRecord.Builder[]::new));
      assertThat(LogsReader.read(bytes)).isEqualTo(generated(bytes)).isNotNull();
    }
  }

  /**
   * Short texts and whole numbers are not read by the generated code: at their edges, and beside.
   */
  @Test
  void simpleValues_areReadAsTheGeneratedCodeReadsThem() throws Exception {
    List<AnyValue> values = new ArrayList<>();
    for (int length : List.of(0, 1, 99, 121, 122, 123, 124, 127, 128, 129, 300)) {
      values.add(AnyValue.newBuilder().setStringValue("x".repeat(length)).build());
    }
    for (String text :
        List.of("\u00e9", "a\u20acb", "\ufffd", "\ud83d\ude00", "\u0000", "\u007f")) {
      values.add(AnyValue.newBuilder().setStringValue(text).build());
    }
    for (int bits = 0; bits < Long.SIZE; bits++) {
      values.add(AnyValue.newBuilder().setIntValue((1L << bits) - 1).build());
      values.add(AnyValue.newBuilder().setIntValue(1L << bits).build());
      values.add(AnyValue.newBuilder().setIntValue(-1L << bits).build());
    }
    values.add(AnyValue.newBuilder().setDoubleValue(0.5).build());
    values.add(AnyValue.newBuilder().setBoolValue(true).build());
    values.add(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("b")).build());
    values.add(AnyValue.getDefaultInstance());
    for (String key : List.of("k", "", "\u00e9", "k".repeat(127), "k".repeat(128))) {
      for (AnyValue value : values) {
        KeyValue attribute = KeyValue.newBuilder().setKey(key).setValue(value).build();
        byte[] bytes = request(LogRecord.newBuilder().addAttributes(attribute));
        assertThat(LogsReader.read(bytes)).isEqualTo(generated(bytes));
      }
    }
  }

  /** The bytes of a key "k", and then these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 03 0a 01 80", // malformed UTF-8
        "12 04 0a 02 c3 28",
        "12 05 0a 03 ef bf bd", // what malformed UTF-8 would become
        "12 04 0a 02 c0 80", // an overlong form
        "12 03 18 80 00", // a number in more bytes than it needs
        "12 04 18 80 80 00",
        "12 02 18 80", // a number that does not end
        "12 0b 18 ff ff ff ff ff ff ff ff ff 01",
        "12 0c 18 ff ff ff ff ff ff ff ff ff ff 01", // one that is too long
        "12 03 0a 02 61", // a text that ends behind its value
        "12 03 0a 00 61", // and one before it
        "12 02 0a 01", // a value that ends behind its attribute
        "12 03 0a 01 61 12 02 18 01", // two values: the last holds
        "12 05 18 01 0a 01 61",
        "12 03 0a 01 61 1a 01 00", // a field that nobody knows
        "12 00",
        "12",
        "10 01",
      })
  void oddValues_areReadOrRefusedAsTheGeneratedCodeDoes(String hex) {
    ByteString key = KeyValue.newBuilder().setKey("k").build().toByteString();
    ByteString odd = ByteString.copyFrom(HexFormat.ofDelimiter(" ").parseHex(hex));
    byte[] bytes = request(raw(key.concat(odd)), raw(key.concat(odd)));
    assertThat(read(bytes)).isEqualTo(generated(bytes));
  }

  /** A record with an attribute of these bytes. */
  private static LogRecord.Builder raw(ByteString attribute) {
    return LogRecord.newBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(
                    LogRecord.ATTRIBUTES_FIELD_NUMBER,
                    UnknownFieldSet.Field.newBuilder().addLengthDelimited(attribute).build())
                .build());
  }

  @Test
  void nesting_isRefusedWhereTheGeneratedCodeRefusesIt() throws Exception {
    int refused = 0;
    for (int depth = 40; depth < 55; depth++) {
      AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
      for (int level = 0; level < depth; level++) {
        value =
            AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
      }
      KeyValue attribute = KeyValue.newBuilder().setKey("a").setValue(value).build();
      for (LogRecord.Builder record :
          List.of(
              LogRecord.newBuilder().addAttributes(attribute),
              LogRecord.newBuilder().setBody(value))) {
        byte[] bytes = request(record);
        boolean deep = generated(bytes) == null;
        refused += deep ? 1 : 0;
        assertThat(read(bytes) == null).as("depth %d", depth).isEqualTo(deep);
      }
    }
    assertThat(refused).isBetween(1, 29);
  }

  @Test
  void theEndOfAGroupThatNeverBegan_isRefused() {
    byte[] record = {(7 << 3) | 4}; // an end, in place of a field
    byte[] bytes =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().setSchemaUrl("x")))
            .build()
            .toByteString()
            .concat(ByteString.copyFrom(record))
            .toByteArray();
    assertThat(generated(bytes)).isNull();
    assertThat(read(bytes)).isNull();
  }

  private static List<byte[]> exports() {
    return Capture.all().stream()
        .flatMap(capture -> capture.exports().stream())
        .filter(Capture.Export::isLogs)
        .map(Capture.Export::asProtobuf)
        .toList();
  }

  private static @Nullable ExportLogsServiceRequest generated(byte[] bytes) {
    try {
      return ExportLogsServiceRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static @Nullable ExportLogsServiceRequest read(byte[] bytes) {
    try {
      return LogsReader.read(bytes);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static byte[] request(LogRecord.Builder... records) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (LogRecord.Builder record : records) {
      scope.addLogRecords(record);
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}

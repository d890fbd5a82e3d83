package dev.assay.bench.ingest;

import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Requests like those of many developers: of ten records one is an edit of 12 lines by the agent,
 * one a decision, three are usage, the rest are events that nothing is kept of. Every key and every
 * line is new; nine of ten records of a sender are of one session. They are serialised beforehand;
 * what must be new is written into the bytes before each is sent.
 */
public final class Load {
  private static final int LINES = 12;
  private static final int SESSIONS = 500;

  /** Where a number is to stand that no other has. */
  private static final byte[] MARK = "@@@@@@@@@@@@@@@@".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Random random;
  private final int home;
  private final List<byte[]> messages = new ArrayList<>();
  private final List<int[]> marks = new ArrayList<>();
  private final long first;
  private long sent;

  /**
   * @param seed no two loads of one run may share it
   * @param records of a request
   * @param requests that are made beforehand, and sent by turns
   */
  public Load(long seed, int records, int requests) {
    this.random = new Random(seed);
    this.first = seed << 40;
    this.home = random.nextInt(SESSIONS);
    for (int i = 0; i < requests; i++) {
      byte[] message = request(records).toByteArray();
      messages.add(message);
      marks.add(marks(message));
    }
  }

  /** The next request; only until another one is asked for. */
  public byte[] next() {
    return at(sent++);
  }

  /** How many {@link #next} has given. */
  public long sent() {
    return sent;
  }

  /**
   * The request that {@link #next} gave, or will give, after so many others; only until another one
   * is asked for.
   */
  public byte[] at(long others) {
    int turn = (int) (others % messages.size());
    byte[] message = messages.get(turn);
    int[] places = marks.get(turn);
    long next = first + others * places.length; // all have as many: their records are of one kind
    for (int at : places) {
      long number = next++;
      for (int i = MARK.length - 1; i >= 0; i--) {
        message[at + i] = DIGITS[(int) (number & 15)];
        number >>>= 4;
      }
    }
    return message;
  }

  private static int[] marks(byte[] message) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + MARK.length <= message.length; at++) {
      if (message[at] == MARK[0]
          && Arrays.equals(message, at, at + MARK.length, MARK, 0, MARK.length)) {
        found.add(at);
        at += MARK.length - 1;
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private ExportLogsServiceRequest request(int records) {
    ScopeLogs.Builder client = scope("com.anthropic.claude_code.events");
    ScopeLogs.Builder agent = scope(AssayEvents.SCOPE);
    for (int i = 0; i < records; i++) {
      switch (i % 10) {
        case 0 -> agent.addLogRecords(edit());
        case 1 -> client.addLogRecords(decision());
        case 2, 3, 4 -> client.addLogRecords(usage());
        default -> client.addLogRecords(event("hook_execution_complete").build());
      }
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(text("service.name", "claude-code"))
                        .addAttributes(text("service.version", "2.1.330")))
                .addScopeLogs(client)
                .addScopeLogs(agent))
        .build();
  }

  private LogRecord edit() {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (int i = 0; i < LINES; i++) {
      hunk.addAdded(Line.newBuilder().setText("    value" + mark() + " = compute(" + i + ");"));
    }
    return record()
        .setEventName(AssayEvents.EDIT)
        .addAttributes(text(AssayAttributes.GEN_AI_TOOL_CALL_ID, id("toolu")))
        .addAttributes(text(AssayAttributes.GEN_AI_TOOL_NAME, "Edit"))
        .addAttributes(text(AssayAttributes.VCS_REPOSITORY_URL_FULL, "example.com/acme/api"))
        .addAttributes(text(AssayAttributes.FILE_PATH, "src/File" + random.nextInt(5000) + ".java"))
        .addAttributes(number(AssayAttributes.EDIT_LINES_ADDED, LINES))
        .setBody(
            AnyValue.newBuilder()
                .setBytesValue(EditLines.newBuilder().addHunks(hunk).build().toByteString()))
        .build();
  }

  private LogRecord decision() {
    return event("tool_decision")
        .addAttributes(text("tool_name", "Edit"))
        .addAttributes(text("tool_use_id", id("toolu")))
        .addAttributes(text("decision", "accept"))
        .addAttributes(text("source", "config"))
        .build();
  }

  private LogRecord usage() {
    return event("api_request")
        .addAttributes(text("model", "claude-opus-5-5"))
        .addAttributes(text("request_id", id("req")))
        .addAttributes(number("input_tokens", 1200))
        .addAttributes(number("output_tokens", 150))
        .addAttributes(number("cache_read_tokens", 5000))
        .addAttributes(number("cache_creation_tokens", 300))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("cost_usd")
                .setValue(AnyValue.newBuilder().setDoubleValue(0.0103)))
        .build();
  }

  private LogRecord.Builder event(String name) {
    return record()
        .setBody(AnyValue.newBuilder().setStringValue("claude_code." + name))
        .addAttributes(text("event.name", name))
        .addAttributes(number("event.sequence", random.nextInt(10_000)));
  }

  private LogRecord.Builder record() {
    int session = random.nextInt(10) == 0 ? random.nextInt(SESSIONS) : home;
    return LogRecord.newBuilder()
        .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
        .addAttributes(text("session.id", "session-" + session))
        .addAttributes(text("user.id", "user-" + session % 100))
        .addAttributes(text("user.email", "dev" + session % 100 + "@example.com"))
        .addAttributes(text("terminal.type", "vscode"));
  }

  private static String id(String kind) {
    return kind + "_" + mark();
  }

  private static String mark() {
    return new String(MARK, StandardCharsets.US_ASCII);
  }

  private static ScopeLogs.Builder scope(String name) {
    return ScopeLogs.newBuilder().setScope(InstrumentationScope.newBuilder().setName(name));
  }

  private static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String name, long value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}

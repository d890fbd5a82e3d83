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
import java.util.Random;

/**
 * Requests like those of many developers: of ten records one is an edit of 12 lines by the agent,
 * one a decision, three are usage, the rest are events that nothing is kept of. Every key is new;
 * nine of ten records of a sender are of one session.
 */
final class Load {
  private static final int LINES = 12;
  private static final int SESSIONS = 500;

  private final Random random;
  private final String prefix;
  private final int home;
  private long next;

  Load(long seed) {
    this.random = new Random(seed);
    this.prefix = Long.toHexString(seed);
    this.home = random.nextInt(SESSIONS);
  }

  ExportLogsServiceRequest request(int records) {
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
      hunk.addAdded(
          Line.newBuilder().setText("    value" + random.nextInt() + " = compute(" + i + ");"));
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
        .addAttributes(number("event.sequence", next));
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

  private String id(String kind) {
    return kind + "_" + prefix + "_" + next++;
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

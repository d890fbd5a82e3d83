package dev.assay.bench.ingest;

import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/**
 * Log records as Claude Code 2.1.330 sends them by default, attribute for attribute
 * (testdata/captures), with those of an account, and the edits of Assay's agent.
 */
final class Records {
  private static final int LINES = 12;
  private static final int SESSIONS = 500;
  private static final int USERS = 100;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Random random;
  private final int home;
  private final String unique;

  /**
   * @param unique stands where an id or a line is to be one that no other has, 16 characters
   */
  Records(Random random, String unique) {
    this.random = random;
    this.unique = unique;
    this.home = random.nextInt(SESSIONS);
  }

  static ResourceLogs ofClient(List<LogRecord> records) {
    return logs(
        InstrumentationScope.newBuilder()
            .setName("com.anthropic.claude_code.events")
            .setVersion("2.1.330"),
        Resource.newBuilder()
            .addAttributes(text("host.arch", "amd64"))
            .addAttributes(text("os.type", "linux"))
            .addAttributes(text("os.version", "6.8.0-51-generic"))
            .addAttributes(text("service.name", "claude-code"))
            .addAttributes(text("service.version", "2.1.330")),
        records);
  }

  static ResourceLogs ofAgent(List<LogRecord> records) {
    return logs(
        InstrumentationScope.newBuilder().setName(AssayEvents.SCOPE),
        Resource.newBuilder()
            .addAttributes(text(AssayAttributes.SERVICE_NAME, "assay-agent"))
            .addAttributes(text(AssayAttributes.SERVICE_VERSION, "0.1.0"))
            .addAttributes(text(AssayAttributes.SERVICE_INSTANCE_ID, "0d5f7c1e8a2b4c3d"))
            .addAttributes(text(AssayAttributes.HOST_NAME, "laptop")),
        records);
  }

  private static ResourceLogs logs(
      InstrumentationScope.Builder scope, Resource.Builder resource, List<LogRecord> records) {
    return ResourceLogs.newBuilder()
        .setResource(resource)
        .addScopeLogs(ScopeLogs.newBuilder().setScope(scope).addAllLogRecords(records))
        .build();
  }

  /** An edit of {@value #LINES} new lines, by the agent. */
  LogRecord edit() {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (int i = 0; i < LINES; i++) {
      hunk.addAdded(Line.newBuilder().setText("    value" + unique + " = compute(" + i + ");"));
    }
    return LogRecord.newBuilder()
        .setTimeUnixNano(now())
        .setObservedTimeUnixNano(now())
        .setEventName(AssayEvents.EDIT)
        .addAttributes(text(AssayAttributes.SESSION_ID, session(session())))
        .addAttributes(number(AssayAttributes.SESSION_STARTED_AT, 1_795_367_931_906_000_000L))
        .addAttributes(text(AssayAttributes.GEN_AI_TOOL_CALL_ID, toolUse()))
        .addAttributes(text(AssayAttributes.GEN_AI_TOOL_NAME, "Edit"))
        .addAttributes(text(AssayAttributes.VCS_REPOSITORY_URL_FULL, "example.com/acme/api"))
        .addAttributes(text(AssayAttributes.VCS_REF_HEAD_NAME, "main"))
        .addAttributes(text(AssayAttributes.FILE_PATH, "src/File" + random.nextInt(5000) + ".java"))
        .addAttributes(text(AssayAttributes.LANGUAGE, "Java"))
        .addAttributes(number(AssayAttributes.EDIT_LINES_ADDED, LINES))
        .addAttributes(number(AssayAttributes.EDIT_LINES_REMOVED, 0))
        .setBody(
            AnyValue.newBuilder()
                .setBytesValue(EditLines.newBuilder().addHunks(hunk).build().toByteString()))
        .build();
  }

  /** What became of a proposed tool use. */
  LogRecord decision(String tool) {
    return event("tool_decision")
        .addAttributes(text("decision", "accept"))
        .addAttributes(text("source", "config"))
        .addAttributes(text("tool_name", tool))
        .addAttributes(text("tool_use_id", toolUse()))
        .addAttributes(text("tool_source", "builtin"))
        .addAttributes(text("permission_mode", "acceptEdits"))
        .addAttributes(text("request_id", request()))
        .build();
  }

  /** A response's tokens. */
  LogRecord usage() {
    return event("api_request")
        .addAttributes(text("model", "claude-opus-5-5"))
        .addAttributes(number("input_tokens", 1 + random.nextInt(3000)))
        .addAttributes(number("output_tokens", 1 + random.nextInt(600)))
        .addAttributes(number("cache_read_tokens", random.nextInt(100_000)))
        .addAttributes(number("cache_creation_tokens", random.nextInt(3000)))
        .addAttributes(number("cache_creation_5m_tokens", 0))
        .addAttributes(number("cache_creation_1h_tokens", 0))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("cost_usd")
                .setValue(AnyValue.newBuilder().setDoubleValue(0.010324000000000002)))
        .addAttributes(number("cost_usd_micros", 10_324))
        .addAttributes(number("duration_ms", random.nextInt(20_000)))
        .addAttributes(number("ttft_ms", random.nextInt(2000)))
        .addAttributes(text("request_id", request()))
        .addAttributes(text("speed", "normal"))
        .addAttributes(text("query_source", "repl_main_thread"))
        .addAttributes(text("effort", "medium"))
        .build();
  }

  /** The result of a tool that edits nothing. */
  LogRecord result() {
    return event("tool_result")
        .addAttributes(text("tool_name", "Read"))
        .addAttributes(text("tool_use_id", toolUse()))
        .addAttributes(text("success", "true"))
        .addAttributes(text("duration_ms", Integer.toString(random.nextInt(2000))))
        .addAttributes(text("tool_input_size_bytes", Integer.toString(random.nextInt(400))))
        .addAttributes(text("tool_result_size_bytes", Integer.toString(random.nextInt(20_000))))
        .addAttributes(text("request_id", request()))
        .build();
  }

  /** An answer, whose text is left out by default. */
  LogRecord response() {
    return event("assistant_response")
        .addAttributes(number("response_length", random.nextInt(4000)))
        .addAttributes(text("response", "<REDACTED>"))
        .addAttributes(text("request_id", request()))
        .addAttributes(text("message.uuid", "d67de9e0-bcc4-4dc4-a" + unique))
        .addAttributes(text("model", "claude-opus-5-5"))
        .addAttributes(text("query_source", "repl_main_thread"))
        .build();
  }

  private LogRecord.Builder event(String name) {
    int session = session();
    int user = session % USERS;
    return LogRecord.newBuilder()
        .setTimeUnixNano(now())
        .setObservedTimeUnixNano(now())
        .setBody(AnyValue.newBuilder().setStringValue("claude_code." + name))
        .addAttributes(text("user.id", "%064x".formatted(user)))
        .addAttributes(text("session.id", session(session)))
        .addAttributes(text("organization.id", "7ac1c1c5-1f0c-4e68-a3d0-0f6f2a6b1c11"))
        .addAttributes(text("user.email", "dev" + user + "@example.com"))
        .addAttributes(text("user.account_uuid", "11111111-2222-4333-8444-%012d".formatted(user)))
        .addAttributes(text("user.account_id", "user_01%022d".formatted(user)))
        .addAttributes(text("anthropic.provider", "firstParty"))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("anthropic.custom_base_url")
                .setValue(AnyValue.newBuilder().setBoolValue(false)))
        .addAttributes(text("terminal.type", "vscode"))
        .addAttributes(text("event.name", name))
        .addAttributes(text("event.timestamp", MILLIS.format(Instant.now())))
        .addAttributes(number("event.sequence", random.nextInt(10_000)))
        .addAttributes(
            text("prompt.id", "ca8e51f3-c875-41e3-afda-%012d".formatted(random.nextInt(4))));
  }

  private int session() {
    return random.nextInt(10) == 0 ? random.nextInt(SESSIONS) : home;
  }

  private static String session(int number) {
    return "fc10ea79-e0a9-4706-b5ba-%012d".formatted(number);
  }

  private String toolUse() {
    return "toolu_01Xyz4Qk" + unique;
  }

  private String request() {
    return "req_011CaBcDeF" + unique;
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000;
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

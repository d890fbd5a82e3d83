package dev.assay.agent.capture;

import dev.assay.agent.capture.TranscriptRecord.Other;
import dev.assay.agent.capture.TranscriptRecord.PullRequestLink;
import dev.assay.agent.capture.TranscriptRecord.Response;
import dev.assay.agent.capture.TranscriptRecord.TokenUsage;
import dev.assay.agent.capture.TranscriptRecord.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one line of a transcript, and gives up on it as soon as it is clear that nothing in it is
 * needed: most bytes of a transcript are prompts, file contents and request bodies, which are never
 * decoded. A line that was given up on is not checked to its end.
 */
final class RecordReader {
  private static final byte[] TYPE_FIRST = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String fileSession;

  /**
   * @param fileSession the session that the file's name tells, for records that name none
   */
  RecordReader(String fileSession) {
    this.fileSession = fileSession;
  }

  static JsonParser parser(byte[] bytes, int from, int to) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from);
  }

  /**
   * Reads {@code bytes[from, to)}.
   *
   * @param envelopeWanted whether the envelope of a record is of use that is not needed otherwise
   * @return null where nothing in the line is needed
   * @throws JacksonException where it is not JSON
   * @throws NotARecordException where it is JSON, but no record of a transcript
   */
  @Nullable TranscriptRecord read(byte[] bytes, int from, int to, boolean envelopeWanted) {
    if (!envelopeWanted && unneededByItsBeginning(bytes, from, to)) {
      return null;
    }
    Draft draft = new Draft(bytes, from, fileSession);
    try (JsonParser json = parser(bytes, from, to)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new NotARecordException("a line that is no JSON object");
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken token = json.nextToken();
        if (!envelopeWanted && ofNoUse(name)) {
          return null;
        }
        if (!take(draft, name, token, json) && !envelopeWanted) {
          return null;
        }
      }
    }
    if (draft.type == null) {
      throw new NotARecordException("a record without a type");
    }
    return draft.record(envelopeWanted);
  }

  /** Members that only records have in which nothing is needed; they are the longest of all. */
  private static boolean ofNoUse(String name) {
    return name.equals("attachment") || name.equals("snapshot") || name.equals("data");
  }

  /** Takes a member into the draft; false where the record turns out not to be needed. */
  private static boolean take(Draft draft, String name, JsonToken token, JsonParser json) {
    switch (name) {
      case "type" -> {
        draft.type = Json.text(json, token);
        return draft.neededByType();
      }
      case "message" -> {
        if (token == JsonToken.START_OBJECT && draft.neededByType()) {
          MessageReader.read(json, draft);
          return draft.neededByMessage();
        }
        json.skipChildren();
      }
      case "toolUseResult" -> {
        if (token == JsonToken.START_OBJECT) {
          draft.result = ResultReader.read(json, draft.bytes, draft.from);
          return draft.result != null || draft.failed();
        }
        json.skipChildren();
        return draft.failed();
      }
      case "permissionDecision" -> readPermission(json, token, draft);
      case "sessionId" -> draft.sessionId = Json.text(json, token);
      case "timestamp" -> draft.timestamp = Json.text(json, token);
      case "cwd" -> draft.cwd = Json.text(json, token);
      case "gitBranch" -> draft.branch = Json.text(json, token);
      case "version" -> draft.version = Json.text(json, token);
      case "entrypoint" -> draft.entrypoint = Json.text(json, token);
      case "uuid" -> draft.uuid = Json.text(json, token);
      case "isSidechain" -> draft.sidechain = token == JsonToken.VALUE_TRUE;
      case "requestId" -> draft.requestId = Json.text(json, token);
      case "costUSD" -> draft.costUsd = token.isNumeric() ? json.getDoubleValue() : null;
      case "toolDenialKind" -> draft.denialKind = Json.text(json, token);
      case "toolDenialBeforeRun" ->
          draft.deniedBeforeRun = token.isBoolean() ? token == JsonToken.VALUE_TRUE : null;
      case "prUrl" -> draft.pullRequestUrl = Json.text(json, token);
      case "forkedFrom" -> {
        draft.copied = token == JsonToken.START_OBJECT;
        json.skipChildren();
      }
      default -> json.skipChildren();
    }
    return true;
  }

  private static void readPermission(JsonParser json, JsonToken token, Draft draft) {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "decision" -> draft.permissionDecision = Json.text(json, value);
        case "source" -> draft.permissionSource = Json.text(json, value);
        default -> json.skipChildren();
      }
    }
  }

  /** Types that open the line are told from its first bytes: the long ones of new clients do. */
  private static boolean unneededByItsBeginning(byte[] bytes, int from, int to) {
    int length = TYPE_FIRST.length;
    if (to - from < length + 5) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != TYPE_FIRST[i]) {
        return false;
      }
    }
    byte first = bytes[from + length];
    byte second = bytes[from + length + 1];
    return !((first == 'u' && second == 's')
        || (first == 'a' && second == 's')
        || (first == 'p' && second == 'r'));
  }

  /** A line of JSON that is no record of a transcript. */
  static final class NotARecordException extends RuntimeException {
    NotARecordException(String message) {
      super(message, null, false, false);
    }
  }

  /** What was read of a line so far. */
  static final class Draft {
    final byte[] bytes;
    final int from;
    private final String fileSession;
    @Nullable String type;
    @Nullable String sessionId;
    @Nullable String timestamp;
    @Nullable String cwd;
    @Nullable String branch;
    @Nullable String version;
    @Nullable String entrypoint;
    @Nullable String uuid;
    boolean sidechain;
    boolean copied;
    @Nullable String requestId;
    @Nullable Double costUsd;
    @Nullable String denialKind;
    @Nullable Boolean deniedBeforeRun;
    @Nullable String permissionDecision;
    @Nullable String permissionSource;
    @Nullable String pullRequestUrl;
    @Nullable ToolOutput result;
    MessageReader.@Nullable Message message;

    Draft(byte[] bytes, int from, String fileSession) {
      this.bytes = bytes;
      this.from = from;
      this.fileSession = fileSession;
    }

    boolean neededByType() {
      return type == null
          || type.equals("assistant")
          || type.equals("user")
          || type.equals("pr-link");
    }

    boolean neededByMessage() {
      return message != null && (message.usage != null || !message.toolUses.isEmpty() || answers());
    }

    boolean failed() {
      return message == null || message.error;
    }

    private boolean answers() {
      return message != null && message.answeredToolUse != null;
    }

    private Envelope envelope() {
      return new Envelope(
          sessionId == null ? fileSession : sessionId,
          timestamp == null ? 0 : Timestamps.unixNanos(timestamp),
          cwd,
          branch,
          version,
          entrypoint,
          uuid,
          sidechain,
          copied);
    }

    @Nullable TranscriptRecord record(boolean envelopeWanted) {
      if ("assistant".equals(type) && message != null) {
        return response(message);
      }
      if ("user".equals(type) && message != null && message.answeredToolUse != null) {
        return new ToolResult(
            envelope(),
            message.answeredToolUse,
            message.error,
            message.error ? message.errorText(bytes, from) : null,
            result,
            denialKind,
            deniedBeforeRun,
            permissionDecision,
            permissionSource);
      }
      if ("pr-link".equals(type) && pullRequestUrl != null) {
        return new PullRequestLink(envelope(), pullRequestUrl);
      }
      return envelopeWanted ? new Other(envelope()) : null;
    }

    private Response response(MessageReader.Message message) {
      TokenUsage usage = message.usage == null ? null : message.usage.with(costUsd);
      return new Response(
          envelope(), message.id, requestId, message.model, usage, List.copyOf(message.toolUses));
    }
  }
}

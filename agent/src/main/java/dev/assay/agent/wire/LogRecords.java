package dev.assay.agent.wire;

import dev.assay.agent.observe.Observation.AppliedEdit;
import dev.assay.agent.observe.Observation.Context;
import dev.assay.agent.observe.Observation.Decision;
import dev.assay.agent.observe.Observation.GitOperation;
import dev.assay.agent.observe.Observation.SessionSeen;
import dev.assay.agent.observe.Observation.Usage;
import dev.assay.agent.privacy.Withholding.Ruling;
import dev.assay.proto.line.NotebookLine;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes observations as log records. What is not named here does not leave the machine. */
public final class LogRecords {
  private static final String HEAD_DETACHED = "HEAD";
  private static final String SOURCE_HOOK = "hook";

  private final @Nullable SigningKey key;
  private final LongSupplier clockUnixNanos;

  /**
   * @param key signs lines; null where they travel as text
   * @param clockUnixNanos now; becomes the time of observation
   */
  public LogRecords(@Nullable SigningKey key, LongSupplier clockUnixNanos) {
    this.key = key;
    this.clockUnixNanos = clockUnixNanos;
  }

  /** A session, with what git says in its folder. */
  public LogRecord session(SessionSeen seen, List<String> repositories, @Nullable String gitEmail) {
    Attributes attributes = common(seen.context());
    attributes.put(AssayAttributes.SESSION_CLIENT_VERSION, seen.version());
    attributes.put(AssayAttributes.SESSION_ENTRYPOINT, seen.entrypoint());
    attributes.put(AssayAttributes.GIT_EMAIL, gitEmail);
    attributes.put(AssayAttributes.VCS_REPOSITORY_URL_FULL, repositories);
    return record(AssayEvents.SESSION, seen.context(), attributes).build();
  }

  /** A decision. */
  public LogRecord decision(Decision decision) {
    Attributes attributes = common(decision.context());
    attributes.put(AssayAttributes.GEN_AI_TOOL_CALL_ID, decision.toolUseId());
    attributes.put(AssayAttributes.GEN_AI_TOOL_NAME, decision.tool());
    attributes.put(
        AssayAttributes.DECISION_OUTCOME, decision.outcome().name().toLowerCase(Locale.ROOT));
    attributes.put(AssayAttributes.DECISION_SOURCE, decision.source());
    attributes.put(AssayAttributes.LANGUAGE, decision.language());
    return record(AssayEvents.DECISION, decision.context(), attributes).build();
  }

  /**
   * An edit, in as many parts as it takes.
   *
   * @param repositories of the file's checkout, or what else is known of it
   */
  public List<LogRecord> edit(AppliedEdit edit, Ruling ruling, List<String> repositories) {
    if (ruling.reason() != null) {
      Attributes attributes = editAttributes(edit, ruling, repositories);
      return List.of(record(AssayEvents.EDIT, edit.context(), attributes).build());
    }
    List<EditLines> parts = EditParts.of(edit.hunks());
    List<LogRecord> records = new ArrayList<>(parts.size());
    for (int part = 0; part < parts.size(); part++) {
      Attributes attributes = editAttributes(edit, ruling, repositories);
      if (parts.size() > 1) {
        attributes.put(AssayAttributes.EDIT_PART, part);
        attributes.put(AssayAttributes.EDIT_PARTS, parts.size());
      }
      AnyValue.Builder body =
          AnyValue.newBuilder().setBytesValue(inForm(edit, parts.get(part)).toByteString());
      records.add(record(AssayEvents.EDIT, edit.context(), attributes).setBody(body).build());
    }
    return records;
  }

  private EditLines inForm(AppliedEdit edit, EditLines part) {
    return key == null ? part : key.sign(part, NotebookLine.inEdit(edit.path(), edit.tool()));
  }

  private static Attributes editAttributes(
      AppliedEdit edit, Ruling ruling, List<String> repositories) {
    Attributes attributes = common(edit.context());
    attributes.put(AssayAttributes.GEN_AI_TOOL_CALL_ID, edit.toolUseId());
    attributes.put(AssayAttributes.GEN_AI_TOOL_NAME, edit.tool());
    attributes.put(AssayAttributes.VCS_REPOSITORY_URL_FULL, repositories);
    attributes.put(AssayAttributes.VCS_REF_HEAD_NAME, branch(edit.context().branch()));
    attributes.put(AssayAttributes.FILE_PATH, ruling.path());
    attributes.put(AssayAttributes.LANGUAGE, edit.language());
    attributes.put(AssayAttributes.EDIT_LINES_ADDED, edit.linesAdded());
    attributes.put(AssayAttributes.EDIT_LINES_REMOVED, edit.linesRemoved());
    attributes.putIfTrue(AssayAttributes.EDIT_USER_MODIFIED, edit.userModified());
    attributes.put(AssayAttributes.EDIT_WITHHELD, ruling.reason());
    return attributes;
  }

  /** A response's tokens. */
  public LogRecord usage(Usage usage) {
    Attributes attributes = common(usage.context());
    attributes.put(AssayAttributes.GEN_AI_RESPONSE_ID, usage.messageId());
    attributes.put(AssayAttributes.REQUEST_ID, usage.requestId());
    attributes.put(AssayAttributes.GEN_AI_RESPONSE_MODEL, usage.model());
    attributes.put(AssayAttributes.GEN_AI_USAGE_INPUT_TOKENS, usage.tokens().input());
    attributes.put(AssayAttributes.GEN_AI_USAGE_OUTPUT_TOKENS, usage.tokens().output());
    attributes.put(AssayAttributes.GEN_AI_USAGE_CACHE_READ_TOKENS, usage.tokens().cacheRead());
    attributes.put(
        AssayAttributes.GEN_AI_USAGE_CACHE_CREATION_TOKENS, usage.tokens().cacheCreation());
    attributes.putUnlessZero(
        AssayAttributes.USAGE_CACHE_CREATION_5M_TOKENS, usage.tokens().cacheCreation5m());
    attributes.putUnlessZero(
        AssayAttributes.USAGE_CACHE_CREATION_1H_TOKENS, usage.tokens().cacheCreation1h());
    attributes.putUnlessZero(
        AssayAttributes.USAGE_WEB_SEARCH_REQUESTS, usage.tokens().webSearchRequests());
    attributes.put(AssayAttributes.USAGE_SPEED, usage.tokens().speed());
    attributes.put(AssayAttributes.USAGE_INFERENCE_GEO, usage.tokens().inferenceGeo());
    if (usage.tokens().costUsd() != null) {
      attributes.put(AssayAttributes.USAGE_COST_USD, usage.tokens().costUsd());
    }
    return record(AssayEvents.USAGE, usage.context(), attributes).build();
  }

  /** What git did through Claude Code. */
  public LogRecord git(GitOperation operation, List<String> repositories) {
    Attributes attributes = common(operation.context());
    attributes.put(AssayAttributes.GEN_AI_TOOL_CALL_ID, operation.toolUseId());
    attributes.put(AssayAttributes.GIT_OPERATION, operation.kind().name().toLowerCase(Locale.ROOT));
    attributes.put(AssayAttributes.VCS_REPOSITORY_URL_FULL, repositories);
    String named = branch(operation.branch());
    attributes.put(
        AssayAttributes.VCS_REF_HEAD_NAME,
        named == null ? branch(operation.context().branch()) : named);
    attributes.put(AssayAttributes.VCS_REF_HEAD_REVISION, operation.revision());
    attributes.put(AssayAttributes.PULL_REQUEST_URL, operation.pullRequestUrl());
    return record(AssayEvents.GIT, operation.context(), attributes).build();
  }

  private static Attributes common(Context context) {
    Attributes attributes = new Attributes();
    attributes.put(AssayAttributes.SESSION_ID, context.sessionId());
    attributes.putUnlessZero(AssayAttributes.SESSION_STARTED_AT, context.sessionStartedUnixNanos());
    attributes.putIfTrue(AssayAttributes.SIDECHAIN, context.sidechain());
    if (context.hook()) {
      attributes.put(AssayAttributes.SOURCE, SOURCE_HOOK);
    }
    return attributes;
  }

  private LogRecord.Builder record(String event, Context context, Attributes attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(context.timeUnixNanos())
        .setObservedTimeUnixNano(clockUnixNanos.getAsLong())
        .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
        .setEventName(event)
        .addAllAttributes(attributes.list());
  }

  private static @Nullable String branch(@Nullable String name) {
    return name == null || name.equals(HEAD_DETACHED) ? null : name;
  }
}

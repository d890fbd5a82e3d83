package dev.assay.receiver.forward;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;

/**
 * Which bodies of log records pass: the name of an event of Claude Code, and the lines of an edit
 * where that is asked for. Which records of the agent pass at all.
 */
final class LogBodies {
  private static final String CLIENT_EVENT = "claude_code.";

  private final AgentRecords agentRecords;
  private final boolean textLines;

  LogBodies(AgentRecords agentRecords, boolean textLines) {
    this.agentRecords = agentRecords;
    this.textLines = textLines;
  }

  ExportLogsServiceRequest pass(ExportLogsServiceRequest request, Withheld withheld) {
    ExportLogsServiceRequest.Builder passed = ExportLogsServiceRequest.newBuilder();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      ResourceLogs.Builder logs = resource.toBuilder().clearScopeLogs();
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        boolean agent = scope.getScope().getName().equals(AssayEvents.SCOPE);
        ScopeLogs.Builder records = scope.toBuilder().clearLogRecords();
        for (LogRecord record : scope.getLogRecordsList()) {
          if (agent && agentRecords == AgentRecords.NONE) {
            withheld.record();
          } else {
            records.addLogRecords(pass(record, agent, withheld));
          }
        }
        if (records.getLogRecordsCount() > 0) {
          logs.addScopeLogs(records);
        }
      }
      if (logs.getScopeLogsCount() > 0) {
        passed.addResourceLogs(logs);
      }
    }
    return passed.build();
  }

  private LogRecord pass(LogRecord record, boolean agent, Withheld withheld) {
    boolean passes = agent ? lines(record) : isEventName(record.getBody());
    if (passes || !record.hasBody()) {
      return record;
    }
    withheld.body();
    return record.toBuilder().clearBody().build();
  }

  private boolean lines(LogRecord record) {
    if (agentRecords != AgentRecords.ALL
        || !record.getEventName().equals(AssayEvents.EDIT)
        || !record.getBody().hasBytesValue()) {
      return false;
    }
    try {
      EditLines lines = EditLines.parseFrom(record.getBody().getBytesValue());
      return textLines || lines.getHunksCount() == 0;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static boolean isEventName(AnyValue body) {
    String text = body.getStringValue();
    return text.startsWith(CLIENT_EVENT)
        && text.length() <= Sieve.LIMIT_TEXT_CHARS
        && text.chars().noneMatch(Character::isWhitespace);
  }
}

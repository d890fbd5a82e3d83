package dev.assay.bench.overload;

import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.store.Store;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether each acknowledged record is there, once: each edit by its id, and as many edits,
 * decisions and tokens of responses in all as were acknowledged, but for requests of which nobody
 * knows.
 */
final class Proof {
  /** More input tokens no response of the load has. */
  private static final long LIMIT_TOKENS = 3_000;

  private static final int BATCH = 5_000;

  private final Flood flood;
  private final Store store;
  private long edits;
  private long decisions;

  /** Input tokens of responses: one that is missing, or there twice, is missing from their sum. */
  private long tokens;

  private long missing;

  Proof(Flood flood, Store store) {
    this.flood = flood;
    this.store = store;
  }

  /**
   * Says what it found.
   *
   * @param unknown requests that may be kept, or not
   * @param records of each request
   * @return whether nothing is missing, and nothing there that was not sent
   */
  boolean of(List<Answered> phases, long unknown, int records) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Answered phase : phases) {
      for (Answered.Sent sent : phase.acknowledged()) {
        read(ExportLogsServiceRequest.parseFrom(flood.again(sent)), ids);
        if (ids.size() >= BATCH) {
          look(ids);
        }
      }
    }
    look(ids);
    Summary all = store.reports().summary(Filter.ALL);
    long storedEdits = store.reports().coverage().edits();
    long storedTokens = all.tokens().input();
    System.out.printf(
        "acknowledged: %,d edits, %,d decisions, %,d tokens of responses; stored: %,d, %,d, %,d;"
            + " acknowledged edits that are missing: %,d; requests of which nobody knows: %,d%n",
        edits, decisions, tokens, storedEdits, all.accepted(), storedTokens, missing, unknown);
    long more = unknown * records;
    return missing == 0
        && within(edits, storedEdits, more)
        && within(decisions, all.accepted(), more)
        && within(tokens, storedTokens, more * LIMIT_TOKENS);
  }

  private static boolean within(long acknowledged, long stored, long more) {
    return stored >= acknowledged && stored <= acknowledged + more;
  }

  private void read(ExportLogsServiceRequest request, List<String> ids) {
    List<LogRecord> records =
        request.getResourceLogsList().stream()
            .flatMap(resource -> resource.getScopeLogsList().stream())
            .flatMap(scope -> scope.getLogRecordsList().stream())
            .toList();
    for (LogRecord record : records) {
      if (record.getEventName().equals(AssayEvents.EDIT)) {
        edits++;
        ids.add(attribute(record, AssayAttributes.GEN_AI_TOOL_CALL_ID).getStringValue());
      } else if (record.getBody().getStringValue().endsWith("tool_decision")
          && attribute(record, "tool_name")
              .getStringValue()
              .equals("Edit")) { // of other tools none is kept
        decisions++;
      } else if (record.getBody().getStringValue().endsWith("api_request")) {
        tokens += attribute(record, "input_tokens").getIntValue();
      }
    }
  }

  private static AnyValue attribute(LogRecord record, String key) {
    return record.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(KeyValue::getValue)
        .findFirst()
        .orElseThrow();
  }

  private void look(List<String> ids) {
    missing += ids.size() - store.edits().byId(ids).size();
    ids.clear();
  }
}

package dev.assay.bench.overload;

import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.store.Store;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether each acknowledged record is there, once: each edit by its id, and as many edits,
 * decisions and responses in all as were acknowledged, but for requests of which nobody knows.
 */
final class Proof {
  /** Input tokens of each response of the load. */
  private static final long TOKENS = 1200;

  private static final int BATCH = 5_000;

  private final Flood flood;
  private final Store store;
  private long edits;
  private long decisions;
  private long responses;
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
    long storedResponses = all.tokens().input() / TOKENS;
    System.out.printf(
        "acknowledged: %,d edits, %,d decisions, %,d responses; stored: %,d, %,d, %,d;"
            + " acknowledged edits that are missing: %,d; requests of which nobody knows: %,d%n",
        edits,
        decisions,
        responses,
        storedEdits,
        all.accepted(),
        storedResponses,
        missing,
        unknown);
    long more = unknown * records;
    return missing == 0
        && within(edits, storedEdits, more)
        && within(decisions, all.accepted(), more)
        && within(responses, storedResponses, more);
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
        ids.add(value(record, AssayAttributes.GEN_AI_TOOL_CALL_ID));
      } else if (record.getBody().getStringValue().endsWith("tool_decision")
          && value(record, "tool_name").equals("Edit")) { // of other tools none is kept
        decisions++;
      } else if (record.getBody().getStringValue().endsWith("api_request")) {
        responses++;
      }
    }
  }

  private static String value(LogRecord record, String key) {
    return record.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(KeyValue::getValue)
        .findFirst()
        .orElseThrow()
        .getStringValue();
  }

  private void look(List<String> ids) {
    missing += ids.size() - store.edits().byId(ids).size();
    ids.clear();
  }
}

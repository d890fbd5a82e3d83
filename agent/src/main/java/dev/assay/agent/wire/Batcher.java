package dev.assay.agent.wire;

import dev.assay.proto.telemetry.AssayEvents;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;

/** Gathers log records into export requests, none of which exceeds 3 MiB. One thread uses it. */
public final class Batcher {
  /** No export is larger. */
  public static final int LIMIT_EXPORT_BYTES = 3 << 20;

  /**
   * A request that has this much is passed on: larger ones cost memory at both ends and save
   * nothing. A single record may have more.
   */
  static final int FULL_BYTES = 512 << 10;

  /** More records than this make no export cheaper, but each of them slower to be answered. */
  static final int LIMIT_RECORDS = 2_000;

  /** Resource, scope and lengths; the host's name is the only part that is not ours. */
  private static final int ENVELOPE_BYTES = 4 << 10;

  private static final int RECORD_OVERHEAD_BYTES = 8;

  private final Sink sink;
  private final Resource resource;
  private final InstrumentationScope scope;
  private ScopeLogs.Builder logs;
  private int bytes;

  public Batcher(AgentResource resource, Sink sink) {
    this.sink = sink;
    this.resource = resource.toProto();
    this.scope =
        InstrumentationScope.newBuilder()
            .setName(AssayEvents.SCOPE)
            .setVersion(resource.version())
            .build();
    this.logs = ScopeLogs.newBuilder().setScope(scope);
  }

  /** Takes a record; may pass a request on. */
  public void add(LogRecord record) throws IOException {
    int size = record.getSerializedSize() + RECORD_OVERHEAD_BYTES;
    if (size > LIMIT_EXPORT_BYTES - ENVELOPE_BYTES) {
      throw new IllegalArgumentException("a log record of " + size + " bytes");
    }
    if (bytes + size > FULL_BYTES || logs.getLogRecordsCount() >= LIMIT_RECORDS) {
      flush();
    }
    logs.addLogRecords(record);
    bytes += size;
  }

  /** Passes on what was gathered. */
  public void flush() throws IOException {
    if (logs.getLogRecordsCount() == 0) {
      return;
    }
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(logs))
            .build();
    logs = ScopeLogs.newBuilder().setScope(scope);
    bytes = 0;
    sink.accept(request);
  }
}

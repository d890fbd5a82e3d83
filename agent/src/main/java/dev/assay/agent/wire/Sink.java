package dev.assay.agent.wire;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;

/** Where export requests go: the spool, or standard output. All that differs between them. */
public interface Sink {

  /** Takes a request; may block while it has no room. */
  void accept(ExportLogsServiceRequest request) throws IOException;

  /** Makes what was taken safe. */
  void sync() throws IOException;
}

package dev.assay.agent;

import dev.assay.agent.spool.Spool;
import dev.assay.agent.wire.Sink;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Puts requests into the spool; reading waits while that is full. */
final class SpoolSink implements Sink {
  private final Spool spool;

  SpoolSink(Spool spool) {
    this.spool = spool;
  }

  @Override
  public void accept(ExportLogsServiceRequest request) throws IOException {
    try {
      spool.append(request.toByteArray());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while the spool was full");
    }
  }

  @Override
  public void sync() throws IOException {
    spool.sync();
  }
}

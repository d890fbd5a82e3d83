package dev.assay.agent;

import dev.assay.agent.wire.Sink;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes requests one behind the other, each with its length before it. */
final class StandardOutput implements Sink {
  private final OutputStream out;

  StandardOutput(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  @Override
  public void accept(ExportLogsServiceRequest request) throws IOException {
    request.writeDelimitedTo(out);
  }

  @Override
  public void sync() throws IOException {
    out.flush();
  }
}

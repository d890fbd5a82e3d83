package dev.assay.agent;

import dev.assay.agent.capture.Capture;
import dev.assay.agent.checkout.Checkouts;
import dev.assay.agent.observe.Observer;
import dev.assay.agent.outbound.Outbound;
import dev.assay.agent.privacy.Withholding;
import dev.assay.agent.status.Complaints;
import dev.assay.agent.wire.AgentResource;
import dev.assay.agent.wire.Batcher;
import dev.assay.agent.wire.LogRecords;
import dev.assay.agent.wire.Sink;
import dev.assay.proto.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From transcripts to a sink: the way that {@code run} and {@code export} share. */
final class Reading implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  final Capture capture;
  final Checkouts checkouts;
  final Withholding withholding;
  final Outbound outbound;
  final Observer observer;

  /**
   * @param places where it was; null: reads from the beginning
   * @param key signs lines; null where they travel as text
   */
  Reading(
      List<Path> homes,
      @Nullable Path places,
      AgentResource resource,
      Sink sink,
      @Nullable SigningKey key,
      Complaints complaints)
      throws IOException {
    capture = new Capture(homes, places, complaints);
    checkouts = new Checkouts(complaints);
    withholding = new Withholding(checkouts);
    LogRecords records = new LogRecords(key, () -> System.currentTimeMillis() * NANOS_PER_MILLI);
    outbound = new Outbound(checkouts, withholding, records, new Batcher(resource, sink));
    observer = new Observer(outbound, complaints);
  }

  @Override
  public void close() {
    checkouts.close();
  }
}

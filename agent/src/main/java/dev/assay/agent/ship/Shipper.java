package dev.assay.agent.ship;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.agent.spool.Spool;
import dev.assay.agent.status.Complaints;
import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes message after message from the spool and exports it. A message leaves the spool when the
 * receiver has acknowledged it, or when it says that it never will. It waits longer after each
 * failure, up to half a minute.
 */
public final class Shipper implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long FIRST_WAIT_MILLIS = 250;
  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final long IDLE_WAIT_MILLIS = 10_000;

  /** The exporter's own words on each failure; what is told is told by {@link Complaints}. */
  private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry");

  private final Spool spool;
  private final String endpoint;
  private final Complaints complaints;
  private final OtlpGrpcLogRecordExporter exporter;
  private final AtomicLong exported = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable String lastFailure;

  /**
   * @throws IllegalArgumentException where the destination is no address, or a certificate is none
   * @throws IOException where a file that the destination names cannot be read
   */
  public Shipper(Spool spool, Destination destination, Complaints complaints) throws IOException {
    this.spool = spool;
    this.endpoint = destination.url();
    this.complaints = complaints;
    EXPORTER_LOG.setLevel(Level.OFF);
    OtlpGrpcLogRecordExporterBuilder builder =
        OtlpGrpcLogRecordExporter.builder()
            .setTimeout(TIMEOUT)
            .setRetryPolicy(null); // the spool is the retry queue
    destination.applyTo(builder);
    this.exporter = builder.build();
    this.thread = new Thread(this::run, "ship");
    thread.setDaemon(true);
  }

  /** Begins to deliver. */
  public void start() {
    thread.start();
  }

  /** Log records that were acknowledged. */
  public long exported() {
    return exported.get();
  }

  /** Log records that the receiver refused for good. */
  public long refused() {
    return refused.get();
  }

  /** Why the last export failed; null where the last one succeeded. */
  public @Nullable String lastFailure() {
    return lastFailure;
  }

  private void run() {
    long waitMillis = FIRST_WAIT_MILLIS;
    while (!stopping) {
      try {
        byte[] message = spool.peek(IDLE_WAIT_MILLIS);
        if (message == null || deliver(message)) {
          waitMillis = FIRST_WAIT_MILLIS;
          continue;
        }
        Thread.sleep(waitMillis);
      } catch (InterruptedException stop) {
        return;
      } catch (IOException broken) {
        lastFailure = "the spool cannot be read: " + broken.getMessage();
        complaints.add("spool-unreadable", "spool", lastFailure);
        if (!pause(waitMillis)) {
          return;
        }
      }
      waitMillis = Math.min(waitMillis * 2, LONGEST_WAIT_MILLIS);
    }
  }

  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException stop) {
      return false;
    }
  }

  /** Whether the message is done with. */
  private boolean deliver(byte[] message) throws IOException {
    List<LogRecordData> records;
    try {
      records = SpooledRecords.parse(message);
    } catch (InvalidProtocolBufferException notOurs) {
      complaints.add("spool-message-unreadable", "spool", "a spooled message is no OTLP; dropped");
      spool.acknowledge();
      return true;
    }
    CompletableResultCode result =
        exporter.export(records).join(TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS);
    if (result.isSuccess()) {
      exported.addAndGet(records.size());
      lastFailure = null;
      spool.acknowledge();
      return true;
    }
    Refusal refusal = Refusal.of(result.getFailureThrowable());
    lastFailure = endpoint + ": " + refusal.text();
    if (!refusal.permanent()) {
      complaints.add("export-failed", endpoint, lastFailure + "; kept and tried again");
      return false;
    }
    refused.addAndGet(records.size());
    complaints.add(
        "export-refused", endpoint, lastFailure + "; " + records.size() + " records dropped");
    spool.acknowledge();
    return true;
  }

  /**
   * Why an export failed.
   *
   * @param permanent whether the same message will fail again, whatever the receiver's state
   */
  record Refusal(boolean permanent, String text) {
    static Refusal of(@Nullable Throwable failure) {
      if (failure instanceof FailedExportException.GrpcExportException grpc
          && grpc.getResponse() != null) {
        GrpcStatusCode status = grpc.getResponse().getStatusCode();
        String text = status + " " + grpc.getResponse().getStatusDescription();
        return new Refusal(isPermanent(status), text.strip());
      }
      Throwable cause = failure == null ? null : failure.getCause();
      return new Refusal(
          false, cause == null ? "no answer in time" : String.valueOf(cause.getMessage()));
    }

    /**
     * Only what is said of the message itself. A wrong address or a missing permission is mended at
     * the other end, and must not cost data.
     */
    static boolean isPermanent(GrpcStatusCode status) {
      return status == GrpcStatusCode.INVALID_ARGUMENT;
    }
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown().join(2, TimeUnit.SECONDS);
  }
}

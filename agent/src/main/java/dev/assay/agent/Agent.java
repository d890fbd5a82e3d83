package dev.assay.agent;

import dev.assay.agent.capture.HookRecord;
import dev.assay.agent.ship.Destination;
import dev.assay.agent.ship.Shipper;
import dev.assay.agent.spool.Spool;
import dev.assay.agent.status.AgentStatus;
import dev.assay.agent.status.AgentStatus.CheckoutSeen;
import dev.assay.agent.status.Complaints;
import dev.assay.agent.status.StatusFile;
import dev.assay.agent.wire.AgentResource;
import dev.assay.proto.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The agent at work: reads what is new every second, spools it, and lets the shipper deliver. One
 * thread reads; {@link #stop} may be called from any.
 */
final class Agent implements AutoCloseable {
  /** Undelivered data is kept up to this size; then reading waits. */
  static final long LIMIT_SPOOL_BYTES = 256L << 20;

  /** Edits that hooks told of and that were not looked at yet; more are left to the transcript. */
  private static final int LIMIT_HOOKS = 256;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long ROUND_MILLIS = 1_000;
  private static final long HOOK_WAIT_MILLIS = 250;
  private static final long FULL_LOOK_MILLIS = 15_000;
  private static final long FORGET_MILLIS = 300_000;
  private static final long HOT_MILLIS = 900_000;
  private static final long CHECKPOINT_MILLIS = 5_000;
  private static final long BROKEN_WAIT_MILLIS = 5_000;
  private static final long STATUS_BUSY_MILLIS = 1_000;
  private static final long STATUS_IDLE_MILLIS = 10_000;

  private final List<Path> homes;
  private final DataFolder data;
  private final @Nullable SigningKey key;
  private final Complaints complaints;
  private final AgentResource resource;
  private final Spool spool;
  private final SpoolSink sink;
  private final Shipper shipper;
  private final StatusFile statusFile;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final BlockingQueue<HookRecord> hooks = new ArrayBlockingQueue<>(LIMIT_HOOKS);
  private Reading reading;
  private long fullLookAt;
  private long forgetAt = System.currentTimeMillis() + FORGET_MILLIS;
  private long checkpointAt;
  private long statusAt;
  private long statusExported = -1;
  private String statusState = "";
  private @Nullable String broken;

  /** Whether something was read since the last checkpoint that may not be in the spool. */
  private boolean unkept;

  /**
   * @param key signs lines; null where they travel as text
   */
  Agent(
      List<Path> homes,
      DataFolder data,
      Destination endpoint,
      @Nullable SigningKey key,
      Complaints complaints)
      throws IOException {
    this(homes, data, endpoint, LIMIT_SPOOL_BYTES, key, complaints);
  }

  Agent(
      List<Path> homes,
      DataFolder data,
      Destination endpoint,
      long limitSpoolBytes,
      @Nullable SigningKey key,
      Complaints complaints)
      throws IOException {
    this.homes = homes;
    this.data = data;
    this.key = key;
    this.complaints = complaints;
    this.resource = AgentResource.of(data.instanceId());
    this.spool = Spool.open(data.spool(), limitSpoolBytes, complaints);
    this.sink = new SpoolSink(spool);
    this.shipper = new Shipper(spool, endpoint, complaints);
    this.statusFile = new StatusFile(data.status());
    this.reading = new Reading(homes, data.places(), resource, sink, key, complaints);
  }

  /** Reads and delivers until {@link #stop}. */
  void run() throws InterruptedException {
    shipper.start();
    writeStatus("scanning", true);
    while (stopping.getCount() > 0) {
      try {
        if (spool.damage()) {
          readAgain();
        }
        boolean news = round();
        broken = null;
        writeStatus("following", news);
        takeHooks();
      } catch (StoppingException stop) {
        return;
      } catch (IOException | UncheckedIOException failure) {
        unkept = true;
        recover(failure);
        stopping.await(BROKEN_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  void stop() {
    stopping.countDown();
    spool.stopWaiting();
  }

  /** An edit that a hook tells of; false where too many wait. */
  boolean offer(HookRecord hook) {
    return hooks.offer(hook);
  }

  /** Waits for hooks until the next round is due. */
  private void takeHooks() throws IOException, InterruptedException {
    long due = System.nanoTime() + ROUND_MILLIS * NANOS_PER_MILLI;
    long left = ROUND_MILLIS;
    while (left > 0 && stopping.getCount() > 0) {
      HookRecord hook = hooks.poll(Math.min(left, HOOK_WAIT_MILLIS), TimeUnit.MILLISECONDS);
      if (hook != null) {
        do {
          long started = reading.capture.startOf(hook.sessionId());
          long now = System.currentTimeMillis() * NANOS_PER_MILLI;
          reading.observer.hook(hook, now, started);
          hook = hooks.poll();
        } while (hook != null);
        reading.outbound.flush();
        reading.checkouts.endRound();
      }
      left = (due - System.nanoTime()) / NANOS_PER_MILLI;
    }
  }

  private boolean round() throws IOException {
    long now = System.currentTimeMillis();
    boolean news;
    if (now >= fullLookAt || reading.capture.foldersChanged()) {
      news = reading.capture.readAll(reading.observer, this::afterEachFile);
      fullLookAt = System.currentTimeMillis() + FULL_LOOK_MILLIS;
    } else {
      news = reading.capture.readHot(now - HOT_MILLIS, reading.observer);
    }
    if (news) {
      checkpoint();
      reading.checkouts.endRound();
    }
    if (now >= forgetAt) {
      reading.checkouts.forget(); // remotes and addresses may have changed
      forgetAt = now + FORGET_MILLIS;
    }
    return news;
  }

  private void afterEachFile() {
    if (stopping.getCount() == 0) {
      throw new StoppingException();
    }
    long now = System.currentTimeMillis();
    if (now >= checkpointAt) {
      try {
        checkpoint();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      checkpointAt = now + CHECKPOINT_MILLIS;
    }
    writeStatus("scanning", true);
  }

  /** The places are kept only when the spool has what was read up to them. */
  private void checkpoint() throws IOException {
    reading.outbound.flush();
    sink.sync();
    reading.capture.checkpoint();
  }

  /** What was read since the last checkpoint may not be in the spool: go back to there. */
  private void recover(Exception failure) throws InterruptedException {
    if (stopping.getCount() == 0) {
      return;
    }
    broken = "cannot keep what was read: " + failure.getMessage();
    complaints.add("spool-unwritable", data.spool().toString(), broken + "; tried again");
    writeStatus("following", true);
    restart();
  }

  private void readAgain() throws IOException, InterruptedException {
    Files.deleteIfExists(data.places());
    complaints.add(
        "read-again",
        data.spool().toString(),
        "what the damaged part of the spool held is read from the transcripts again");
    restart();
  }

  private void restart() throws InterruptedException {
    while (stopping.getCount() > 0) {
      try {
        Reading before = reading;
        reading = new Reading(homes, data.places(), resource, sink, key, complaints);
        before.close();
        unkept = false;
        fullLookAt = 0;
        return;
      } catch (IOException still) {
        broken = String.valueOf(still.getMessage());
        stopping.await(BROKEN_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void writeStatus(String state, boolean news) {
    long now = System.currentTimeMillis();
    long exported = shipper.exported() + shipper.refused();
    boolean busy = news || exported != statusExported;
    boolean due = now - statusAt >= (busy ? STATUS_BUSY_MILLIS : STATUS_IDLE_MILLIS);
    if (!due && state.equals(statusState)) {
      return;
    }
    statusAt = now;
    statusState = state;
    statusExported = exported;
    try {
      statusFile.write(status(state));
    } catch (IOException failure) {
      complaints.add("status-unwritable", data.status().toString(), String.valueOf(failure));
    }
  }

  private AgentStatus status(String state) {
    @Nullable String failure = shipper.lastFailure();
    return new AgentStatus(
        state,
        homes.stream().map(Path::toString).toList(),
        reading.capture.transcripts(),
        reading.capture.bytesTotal(),
        reading.capture.bytesRead(),
        reading.capture.recordsRead(),
        complaints.counts(),
        reading.outbound.counts(),
        reading.withholding.counts(),
        spool.bytes(),
        shipper.exported(),
        shipper.refused(),
        reading.checkouts.seen().stream()
            .map(checkout -> new CheckoutSeen(checkout.root().toString(), checkout.repositories()))
            .toList(),
        broken != null ? broken : failure);
  }

  @Override
  public void close() throws IOException {
    try {
      if (!unkept) {
        checkpoint();
      }
    } catch (IOException | UncheckedIOException failure) {
      unkept = true;
    }
    if (unkept) {
      complaints.add(
          "stop-unkept",
          data.spool().toString(),
          "what was read last could not be kept; it is read again at the next start");
    }
    shipper.close();
    reading.close();
    spool.close();
    statusFile.write(status("stopped"));
  }

  /** The process is to end; what was read so far is whole. */
  private static final class StoppingException extends RuntimeException {
    StoppingException() {
      super("stopping", null, false, false);
    }
  }
}

package dev.assay.receiver.otlp;

import com.google.protobuf.Message;
import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.interpret.Reason;
import dev.assay.receiver.redaction.Redactions;
import dev.assay.store.StoreUnavailableException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a request's bytes, however they came: decode, redact, interpret, commit, pass on,
 * answer.
 */
final class Ingest {
  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  private final Redactions redactions;
  private final Interpreter interpreter;
  private final Commits commits;
  private final Forwarder forwarder;
  private final Counters counters;
  private final InstantSource clock;

  Ingest(
      Redactions redactions,
      Interpreter interpreter,
      Commits commits,
      Forwarder forwarder,
      Counters counters,
      InstantSource clock) {
    this.redactions = redactions;
    this.interpreter = interpreter;
    this.commits = commits;
    this.forwarder = forwarder;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * An answer, and when to give it.
   *
   * @param dueNanos of {@link System#nanoTime}, mostly in the past; later where {@link
   *     dev.assay.store.Store#backpressure} says so
   */
  record Accepted(Message answer, long dueNanos) {
    /** How long it is to wait yet; at most zero where it is due. */
    long leftNanos() {
      return dueNanos - System.nanoTime();
    }
  }

  /**
   * The answer to a request whose observations are committed.
   *
   * @param bytes of the message, decompressed, at most the limit
   */
  Accepted accept(Signal signal, Protocol protocol, Encoding encoding, byte[] bytes)
      throws Refused {
    long due = System.nanoTime();
    try {
      if (signal != Signal.TRACES) { // of which nothing is kept
        commits.expectRoom();
      }
      Message arrived = encoding.read(signal.request(), bytes);
      Message request = signal.redaction(redactions).apply(arrived);
      Interpretation read = signal.interpret(interpreter, request, clock.instant());
      commits.commit(read.observations());
      if (!read.observations().isEmpty()) {
        due += commits.backpressureNanos();
      }
      counters.accepted(signal, protocol, bytes.length, read);
      if (forwarder.forwards()) {
        boolean asItCame = request == arrived && encoding == Encoding.PROTOBUF;
        forwarder.give(signal.forwarded(), asItCame ? bytes : request.toByteArray());
      }
      String complaint = read.complaint();
      return new Accepted(
          signal.response(read.count(Reason.Kind.REJECTED), complaint == null ? "" : complaint),
          due);
    } catch (StoreUnavailableException e) {
      throw new Refused(Cause.STORE_UNAVAILABLE, "the store is unavailable", e.retryAfterMillis());
    } catch (RuntimeException e) {
      log.error("A {} request of {} bytes met a fault of the receiver", signal, bytes.length, e);
      throw new Refused(Cause.INTERNAL, "a fault of the receiver; its log says which");
    }
  }
}

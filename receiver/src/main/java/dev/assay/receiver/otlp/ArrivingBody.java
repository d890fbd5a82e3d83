package dev.assay.receiver.otlp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request's body while it comes, without a thread that waits for it: a slow sender costs what it
 * sent, and no more.
 */
final class ArrivingBody implements Runnable {
  /** Of a refused request; who sends more than this is cut off. */
  private static final long LIMIT_DRAIN_BYTES = 64L << 20;

  private final Request request;
  private final Arrivals.Arrival arrival;
  private final int limitBytes;
  private final long deadlineNanos;
  private final Outcome outcome;
  private final List<byte[]> pieces = new ArrayList<>();
  private int length;
  private long drained;
  private @Nullable Refused refused;

  /** What becomes of it; exactly one of these is called, by a thread that must not wait. */
  interface Outcome {
    /** All of it is there. */
    void whole(byte[] body);

    /** It is not wanted, or will never be whole. */
    void refused(Refused why);
  }

  /**
   * @param bodyMillis how long it may take
   */
  ArrivingBody(
      Request request, Arrivals.Arrival arrival, int limitBytes, int bodyMillis, Outcome outcome) {
    this.request = request;
    this.arrival = arrival;
    this.limitBytes = limitBytes;
    this.deadlineNanos = System.nanoTime() + bodyMillis * 1_000_000L;
    this.outcome = outcome;
  }

  /**
   * For a request that is refused already. What it still sends is read and forgotten: a sender that
   * is writing when the connection ends never sees the answer, and would send the same again.
   */
  void forget(Refused why) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      outcome.refused(why); // It waits for leave to send, and does not get it.
    } else {
      refused = why;
      run();
    }
  }

  /** Reads what is there, and asks to be called when there is more. */
  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        end(new Refused(Cause.INCOMPLETE, "the body did not arrive in time, or not whole"));
        return;
      }
      take(chunk);
      if (chunk.isLast()) {
        end(refused);
        return;
      }
      if (drained > LIMIT_DRAIN_BYTES || System.nanoTime() - deadlineNanos > 0) {
        end(new Refused(Cause.INCOMPLETE, "the body did not arrive in time"));
        return;
      }
    }
  }

  private void take(Content.Chunk chunk) {
    try {
      ByteBuffer bytes = chunk.getByteBuffer();
      if (refused != null) {
        drained += bytes.remaining();
      } else if (bytes.remaining() > limitBytes - length) {
        refuse(Body.tooLarge(limitBytes));
      } else if (bytes.hasRemaining()) {
        arrival.add(bytes.remaining());
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        pieces.add(piece);
        length += piece.length;
      }
    } catch (Refused why) {
      refuse(why);
    } finally {
      chunk.release();
    }
  }

  private void refuse(Refused why) {
    refused = why;
    pieces.clear();
  }

  private void end(@Nullable Refused why) {
    Refused first = refused == null ? why : refused;
    if (first != null) {
      outcome.refused(first);
      return;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    pieces.clear();
    outcome.whole(whole);
  }
}

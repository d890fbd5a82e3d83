package dev.assay.agent.spool;

import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are not delivered yet, on disk, in the order in which they came. What was synced
 * survives kill -9 and power loss. Thread-safe: many may append, one reads.
 *
 * <p>A damaged segment is set aside under a name that says why, counted, and {@link #damage} tells
 * it, so that the caller can read its sources again.
 */
public final class Spool implements AutoCloseable {
  /** A segment is complete when it has this size, and deleted when it is delivered. */
  static final long SEGMENT_BYTES = 8L << 20;

  private final SpoolFiles files;
  private final Complaints complaints;
  private final long limitBytes;
  private final long segmentBytes;
  private final NavigableSet<Long> segments;
  private long writing;
  private Segment writer;
  private long reading;
  private long readOffset;
  private long nextOffset;
  private @Nullable Segment reader;
  private long bytes;
  private boolean damage;
  private boolean noWaiting;
  private boolean closed;

  private Spool(SpoolFiles files, Complaints complaints, long limitBytes, long segmentBytes)
      throws IOException {
    this.files = files;
    this.complaints = complaints;
    this.limitBytes = limitBytes;
    this.segmentBytes = segmentBytes;
    this.segments = files.segments();
    finishLast();
    this.writing = segments.isEmpty() ? 1 : segments.last() + 1;
    this.writer = Segment.create(files.segment(writing));
    files.syncFolder();
    segments.add(writing);
    long[] cursor = files.readCursor();
    this.reading = segments.first();
    if (cursor[0] == reading) {
      this.readOffset = cursor[1];
    }
    for (long segment : segments) {
      bytes += Files.size(files.segment(segment));
    }
    bytes -= readOffset;
  }

  /**
   * Opens a folder.
   *
   * @param limitBytes with more, {@link #append} waits
   */
  public static Spool open(Path folder, long limitBytes, Complaints complaints) throws IOException {
    return open(folder, limitBytes, SEGMENT_BYTES, complaints);
  }

  static Spool open(Path folder, long limitBytes, long segmentBytes, Complaints complaints)
      throws IOException {
    return new Spool(new SpoolFiles(folder), complaints, limitBytes, segmentBytes);
  }

  /** Ends the segment that the last process wrote, without the frame that it did not finish. */
  private void finishLast() throws IOException {
    if (segments.isEmpty()) {
      return;
    }
    long last = segments.last();
    try (Segment segment = Segment.open(files.segment(last))) {
      long offset = Segment.HEADER.length;
      Segment.Frame frame = segment.read(0);
      while (frame instanceof Segment.Frame.Message message) {
        offset = message.next();
        frame = segment.read(offset);
      }
      if (frame instanceof Segment.Frame.Unfinished && segment.length() >= offset) {
        segment.truncate(offset);
        segment.end();
      } else if (segment.length() < offset) {
        Files.delete(files.segment(last)); // not even its header was written
        segments.remove(last);
      }
    }
  }

  /**
   * Appends a message; waits while the spool is full.
   *
   * @throws IOException where the message could not be kept: a full disk, or {@link #stopWaiting}
   */
  public synchronized void append(byte[] message) throws IOException, InterruptedException {
    while (bytes + message.length > limitBytes && !closed) {
      if (noWaiting) {
        throw new IOException("the spool is full, and is not waited for any more");
      }
      wait();
    }
    write(message);
  }

  /** Lets no {@link #append} wait any more, because the process is to end. */
  public synchronized void stopWaiting() {
    noWaiting = true;
    notifyAll();
  }

  /**
   * Appends a message if there is room.
   *
   * @return whether it was taken
   */
  public synchronized boolean offer(byte[] message) throws IOException {
    if (bytes + message.length > limitBytes) {
      return false;
    }
    write(message);
    return true;
  }

  private void write(byte[] message) throws IOException {
    if (closed) {
      throw new IOException("the spool is closed");
    }
    if (message.length > Segment.LIMIT_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message of " + message.length + " bytes");
    }
    if (writer.length() >= segmentBytes) {
      roll();
    }
    writer.append(message);
    bytes += Segment.FRAME_HEADER_BYTES + message.length;
    notifyAll();
  }

  private void roll() throws IOException {
    Segment next = Segment.create(files.segment(writing + 1));
    try {
      writer.end();
    } catch (IOException full) {
      next.close(); // it is begun again when there is room
      throw full;
    }
    writer.close();
    writer = next;
    writing++;
    segments.add(writing);
    bytes += Segment.HEADER.length;
    files.syncFolder();
  }

  /** Makes what was appended safe. */
  public synchronized void sync() throws IOException {
    writer.sync();
  }

  /**
   * The oldest message that is not acknowledged; the same one until it is.
   *
   * @param waitMillis how long to wait for one
   * @return null where there is none
   */
  public synchronized byte @Nullable [] peek(long waitMillis)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + waitMillis * 1_000_000;
    byte[] message = next();
    for (long left = waitMillis; message == null && !closed && left > 0; ) {
      wait(left);
      message = next();
      left = (until - System.nanoTime()) / 1_000_000;
    }
    return message;
  }

  private byte @Nullable [] next() throws IOException {
    while (!closed) {
      Segment.Frame frame = frame();
      if (frame instanceof Segment.Frame.Message message) {
        nextOffset = message.next();
        return message.bytes().array();
      }
      if (reading == writing) {
        if (frame instanceof Segment.Frame.Damaged) {
          roll(); // the damaged one must be complete before it can be set aside
          continue;
        }
        return null;
      }
      if (frame instanceof Segment.Frame.End) {
        leave(null);
      } else {
        leave(frame instanceof Segment.Frame.Damaged damaged ? damaged.why() : "truncated");
      }
    }
    return null;
  }

  private Segment.Frame frame() throws IOException {
    if (reading == writing) {
      return writer.read(readOffset);
    }
    if (reader == null) {
      try {
        reader = Segment.open(files.segment(reading));
      } catch (NoSuchFileException gone) {
        return new Segment.Frame.Damaged("missing");
      }
    }
    return reader.read(readOffset);
  }

  /** Goes on to the next segment. */
  private void leave(@Nullable String damagedWhy) throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    Path segment = files.segment(reading);
    if (damagedWhy == null) {
      Files.deleteIfExists(segment);
    } else {
      damage = true;
      Path aside = Files.exists(segment) ? files.setAside(reading, damagedWhy) : segment;
      complaints.add(
          "spool-segment-damaged",
          segment.toString(),
          segment + " is damaged (" + damagedWhy + "); set aside as " + aside);
    }
    segments.remove(reading);
    reading = segments.first();
    readOffset = 0;
    bytes = remaining();
    files.writeCursor(reading, 0);
    notifyAll();
  }

  private long remaining() throws IOException {
    long sum = 0;
    for (long segment : segments) {
      sum += segment == writing ? writer.length() : Files.size(files.segment(segment));
    }
    return sum - readOffset;
  }

  /** The message that {@link #peek} gave is delivered, or will never be. */
  public synchronized void acknowledge() throws IOException {
    bytes -= nextOffset - readOffset;
    readOffset = nextOffset;
    files.writeCursor(reading, readOffset);
    notifyAll();
  }

  /** Bytes that are not delivered yet. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Whether a segment was found damaged since this was last asked. */
  public synchronized boolean damage() {
    boolean was = damage;
    damage = false;
    return was;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    notifyAll();
    if (reader != null) {
      reader.close();
    }
    writer.sync();
    writer.close();
  }
}

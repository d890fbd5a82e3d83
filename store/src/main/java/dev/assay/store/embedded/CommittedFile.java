package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of the last transaction that was committed, beside the database. Where the database
 * ends before it, its log has lost its end, of which the database itself says nothing. It is not
 * synced, so that it costs nothing: after a loss of power it may be behind, and then nothing is
 * told.
 */
final class CommittedFile implements AutoCloseable {
  /** In decimals, as many for each: one is written over the other. */
  private static final int BYTES = 20;

  private static final Logger log = LoggerFactory.getLogger(CommittedFile.class);

  private final Path file;
  private final FileChannel channel;
  private boolean failed;

  private CommittedFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static CommittedFile open(Path file) throws IOException {
    return new CommittedFile(
        file,
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** 0 where it was never written, or cannot be read. */
  long read() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    try {
      channel.read(bytes, 0);
      return Long.parseLong(
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** A transaction is committed. */
  void write(long version) {
    String line = String.format(Locale.ROOT, "%019d\n", version);
    try {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        log.warn("{} cannot be written: {}", file, Disk.why(e));
      }
      failed = true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is not synced either.
    }
  }
}

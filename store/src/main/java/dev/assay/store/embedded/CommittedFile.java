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
  /**
   * Twice, so that damage is seen, in as many decimals each time: one is written over the other.
   */
  private static final int BYTES = 40;

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

  /** 0 where it was never written, cannot be read or is damaged. */
  long read() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    try {
      channel.read(bytes, 0);
      String text = new String(bytes.array(), StandardCharsets.US_ASCII);
      long version = Long.parseLong(text.substring(0, BYTES / 2 - 1));
      return text.equals(line(version)) ? version : 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static String line(long version) {
    return String.format(Locale.ROOT, "%019d %019d\n", version, version);
  }

  /** A transaction is committed. */
  void write(long version) {
    try {
      channel.write(ByteBuffer.wrap(line(version).getBytes(StandardCharsets.US_ASCII)), 0);
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

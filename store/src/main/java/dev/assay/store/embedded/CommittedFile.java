package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of the last transaction that was committed, beside the database. Where the database
 * ends before it, its log has lost its end, of which the database itself says nothing. But for the
 * start it is not synced, so that it costs nothing: after a loss of power it may be behind, and
 * then nothing is told.
 */
final class CommittedFile implements AutoCloseable {
  /** As many each time: one is written over the other. */
  private static final int DIGITS = 19;

  private static final Logger log = LoggerFactory.getLogger(CommittedFile.class);

  private final Path file;
  private final FileChannel channel;
  private boolean failed;

  private CommittedFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param version from which on it goes; the disk has it when this returns
   */
  static CommittedFile open(Path file, long version) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.write(bytes(version), 0);
      channel.force(true);
      Disk.forceFolder(file.resolveSibling("."));
      return new CommittedFile(file, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** 0 where it was never written, cannot be read or is damaged. */
  static long read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      long version = Long.parseLong(text.substring(0, Math.min(text.length(), DIGITS)));
      return text.equals(line(version)) ? version : 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Twice, so that damage is seen. */
  private static String line(long version) {
    return String.format(Locale.ROOT, "%019d %019d\n", version, version);
  }

  private static ByteBuffer bytes(long version) {
    return ByteBuffer.wrap(line(version).getBytes(StandardCharsets.US_ASCII));
  }

  /** A transaction is committed. */
  void write(long version) {
    try {
      channel.write(bytes(version), 0);
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

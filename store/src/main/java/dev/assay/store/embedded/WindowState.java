package dev.assay.store.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Says of a window of the line index that its files are whole on disk. It is taken away before the
 * first change, and written after the last one is on disk: a window without it is built anew.
 *
 * @param version of the edits up to which it holds everything
 */
record WindowState(long version, HashFile.Size lines, EditFile.Size edits) {
  private static final String FORMAT = "4";
  private static final String CHECKSUM = "checksum=";

  /** Null where there is none, or none that this version understands. */
  static @Nullable WindowState read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int at = text.lastIndexOf(CHECKSUM);
      if (at < 0 || !text.equals(sealed(text.substring(0, at)))) {
        return null;
      }
      Properties properties = new Properties();
      properties.load(new StringReader(text));
      if (!FORMAT.equals(properties.getProperty("format"))) {
        return null;
      }
      return new WindowState(
          number(properties, "version"),
          size(properties, "lines"),
          new EditFile.Size(number(properties, "edits.bytes"), size(properties, "places")));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static HashFile.Size size(Properties properties, String name) {
    return new HashFile.Size(
        Math.toIntExact(number(properties, name + ".pages")),
        number(properties, name + ".keys"),
        number(properties, name + ".values"));
  }

  private static long number(Properties properties, String name) {
    return Long.parseLong(properties.getProperty(name, ""));
  }

  private static String sealed(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return text + CHECKSUM + Long.toHexString(sum.getValue()) + "\n";
  }

  /** Durably, all or nothing. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("format=").append(FORMAT).append('\n');
    text.append("version=").append(version).append('\n');
    size(text, "lines", lines);
    text.append("edits.bytes=").append(edits.bytes()).append('\n');
    size(text, "places", edits.places());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, sealed(text.toString()), StandardCharsets.ISO_8859_1);
    force(temporary, StandardOpenOption.WRITE);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(folder(file), StandardOpenOption.READ);
  }

  private static void size(StringBuilder text, String name, HashFile.Size size) {
    text.append(name).append(".pages=").append(size.pages()).append('\n');
    text.append(name).append(".keys=").append(size.keys()).append('\n');
    text.append(name).append(".values=").append(size.values()).append('\n');
  }

  /** Durably: after a loss of power it is not there again. */
  static void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      force(folder(file), StandardOpenOption.READ);
    }
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of(".") : parent;
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}

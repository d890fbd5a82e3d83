package dev.assay.store.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Says of a window of the line index that its files are whole on disk. It is taken away before the
 * first change, and written after the last one is on disk: a window without it is built anew.
 *
 * @param version of the edits up to which it holds everything
 * @param sizes how many lines each of its files holds
 * @param editBytes how long the file of its edits is
 */
record WindowState(long version, List<Long> sizes, long editBytes) {
  private static final String FORMAT = "3";

  WindowState {
    sizes = List.copyOf(sizes);
  }

  /** Null where there is none, or none that this version understands. */
  static @Nullable WindowState read(Path file) {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)));
      if (!FORMAT.equals(properties.getProperty("format"))) {
        return null;
      }
      List<Long> sizes = new ArrayList<>();
      int files = Integer.parseInt(properties.getProperty("files", ""));
      for (int i = 0; i < files; i++) {
        sizes.add(Long.parseLong(properties.getProperty("lines." + i, "")));
      }
      return new WindowState(
          Long.parseLong(properties.getProperty("version", "")),
          sizes,
          Long.parseLong(properties.getProperty("edits", "")));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Durably, all or nothing. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("format=").append(FORMAT).append('\n');
    text.append("version=").append(version).append('\n');
    text.append("edits=").append(editBytes).append('\n');
    text.append("files=").append(sizes.size()).append('\n');
    for (int i = 0; i < sizes.size(); i++) {
      text.append("lines.").append(i).append('=').append(sizes.get(i)).append('\n');
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, text, StandardCharsets.ISO_8859_1);
    force(temporary, StandardOpenOption.WRITE);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(folder(file), StandardOpenOption.READ);
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

package dev.assay.agent.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All file names of the spool stand here. */
final class SpoolFiles {
  private static final Pattern SEGMENT = Pattern.compile("(\\d{12})\\.segment");

  private final Path folder;

  SpoolFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  Path segment(long number) {
    return folder.resolve(String.format("%012d.segment", number));
  }

  /** The numbers of the segments that are there. */
  NavigableSet<Long> segments() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = SEGMENT.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          numbers.add(Long.parseLong(name.group(1)));
        }
      }
    }
    return numbers;
  }

  /**
   * Sets a damaged segment aside.
   *
   * @param why becomes part of the name
   */
  Path setAside(long number, String why) throws IOException {
    Path segment = segment(number);
    Path aside = folder.resolve(segment.getFileName() + ".damaged-" + why);
    return Files.move(segment, aside, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Where reading had come to: segment and offset; the beginning where that is not known. */
  long[] readCursor() throws IOException {
    try {
      String[] parts = Files.readString(cursor(), StandardCharsets.US_ASCII).strip().split(" ", -1);
      return parts.length == 2
          ? new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])}
          : new long[] {0, 0};
    } catch (NoSuchFileException | NumberFormatException unknown) {
      return new long[] {0, 0}; // what is delivered again does no harm
    }
  }

  /** Not synced: an older cursor only delivers again what was delivered. */
  void writeCursor(long segment, long offset) throws IOException {
    Path temporary = folder.resolve("cursor.writing");
    Files.writeString(temporary, segment + " " + offset + "\n", StandardCharsets.US_ASCII);
    Files.move(
        temporary, cursor(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes the creation of a segment safe. */
  void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException windows) {
      // A folder cannot be opened there, and need not be.
    }
  }

  private Path cursor() {
    return folder.resolve("cursor");
  }
}

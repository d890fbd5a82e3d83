package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a backup consists of; docs/format/backup.md. Its last line is the hash of the lines before,
 * so that a manifest that was cut off or changed is known.
 *
 * @param schema of the tables
 * @param madeAt when the backup was begun
 */
record Manifest(int schema, Instant madeAt, List<Entry> files) {
  static final String NAME = "manifest.txt";

  private static final String FIRST = "assay-backup 1";

  /** More is no manifest of ours. */
  private static final long LIMIT_BYTES = 1 << 20;

  Manifest {
    files = List.copyOf(files);
  }

  /**
   * A file of the backup.
   *
   * @param name without a folder
   */
  record Entry(String name, long bytes, String sha256) {}

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  void write(Path directory) throws IOException {
    StringBuilder text =
        new StringBuilder(FIRST + "\nschema " + schema + "\nmade " + madeAt + "\n");
    for (Entry file : files) {
      text.append("file ").append(file.name).append(' ').append(file.bytes).append(' ');
      text.append(file.sha256).append('\n');
    }
    Path manifest = directory.resolve(NAME);
    Files.writeString(manifest, text + "sha256 " + hash(text.toString()) + "\n");
    Disk.force(manifest);
  }

  /**
   * @throws IOException where there is none, or one that is not as it was written; the message says
   *     which
   */
  static Manifest read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new IOException(directory + " is no backup: it has no " + NAME);
    }
    if (Files.size(file) > LIMIT_BYTES) {
      throw new IOException(file + " is damaged: it is too large");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf("sha256 ");
    if (end < 0 || !text.substring(end).equals("sha256 " + hash(text.substring(0, end)) + "\n")) {
      throw new IOException(file + " is damaged: its last line is not the hash of the others");
    }
    try {
      return parse(text.substring(0, end).lines().toArray(String[]::new));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw new IOException(file + " was written by another version of Assay", e);
    }
  }

  private static Manifest parse(String[] lines) {
    if (!lines[0].equals(FIRST)) {
      throw new IllegalArgumentException(lines[0]);
    }
    List<Entry> files = new ArrayList<>();
    for (int i = 3; i < lines.length; i++) {
      String[] words = lines[i].split(" ", -1);
      if (!words[0].equals("file") || words[1].contains("/") || words[1].startsWith(".")) {
        throw new IllegalArgumentException(lines[i]);
      }
      files.add(new Entry(words[1], Long.parseLong(words[2]), words[3]));
    }
    return new Manifest(
        Integer.parseInt(lines[1].substring("schema ".length())),
        Instant.parse(lines[2].substring("made ".length())),
        files);
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

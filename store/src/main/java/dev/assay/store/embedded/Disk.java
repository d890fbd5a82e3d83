package dev.assay.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Files and folders, durably. */
final class Disk {
  private static final int AT_ONCE = 1 << 20;

  private Disk() {}

  /** Makes the disk have a file. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the disk have the names in a folder. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The SHA-256 of a file, as hexadecimal. */
  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return hash(in, OutputStream.nullOutputStream());
    }
  }

  /** Copies a file to a new one, durably; the SHA-256 of what was read, as hexadecimal. */
  static String copy(Path from, Path to) throws IOException {
    String hash;
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      hash = hash(in, out);
    }
    force(to);
    return hash;
  }

  private static String hash(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = Manifest.sha256();
    byte[] some = new byte[AT_ONCE];
    for (int read = in.read(some); read >= 0; read = in.read(some)) {
      digest.update(some, 0, read);
      out.write(some, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * @throws IOException where something is there that is not an empty folder
   */
  static void checkEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      if (files.iterator().hasNext()) {
        throw new IOException(folder + " is not empty");
      }
    } catch (NotDirectoryException e) {
      throw new IOException(folder + " is a file");
    } catch (NoSuchFileException e) {
      // It will be made.
    }
  }

  /** Deletes a folder of files, if it is there. */
  static void deleteFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (Files.isDirectory(file)) {
            deleteFolder(file);
          } else {
            Files.delete(file);
          }
        }
      }
      Files.delete(folder);
    }
  }

  /** What went wrong, for people: the file alone, which some exceptions say, tells nothing. */
  static String why(Exception e) {
    return e instanceof FileSystemException file && file.getReason() == null
        ? Database.firstLine(e) + " (" + e.getClass().getSimpleName() + ")"
        : Database.firstLine(e);
  }
}

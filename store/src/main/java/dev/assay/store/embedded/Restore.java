package dev.assay.store.embedded;

import dev.assay.store.Backup;
import dev.assay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;

/** Makes a data directory of a backup, whole or not at all. */
public final class Restore {
  private static final String UNFINISHED = "restore.unfinished";

  private Restore() {}

  /** As {@link dev.assay.store.Stores#restore}. */
  public static Backup restore(Path from, Path data) throws StoreUnavailableException {
    Path backup = from.toAbsolutePath().normalize();
    Path root = data.toAbsolutePath().normalize();
    boolean isNew = !Files.exists(root);
    try {
      Manifest manifest = Manifest.read(backup);
      if (manifest.schema() > Schema.VERSION) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s was made by a newer version of Assay (schema %d; this one knows %d): restore it"
                    + " with that version",
                backup,
                manifest.schema(),
                Schema.VERSION));
      }
      checkFree(root);
      try (DataDirectory directory = DataDirectory.take(root)) {
        Path unfinished = directory.root().resolve(UNFINISHED);
        try {
          Disk.deleteFolder(unfinished);
          Files.createDirectory(unfinished);
          for (Manifest.Entry file : manifest.files()) {
            copy(backup.resolve(file.name()), unfinished.resolve(file.name()), file);
          }
          open(unfinished.resolve(DataDirectory.FACTS));
          for (Manifest.Entry file : manifest.files()) {
            Files.move(
                unfinished.resolve(file.name()),
                root.resolve(file.name()),
                StandardCopyOption.ATOMIC_MOVE);
          }
          Disk.forceFolder(root);
        } finally {
          Disk.deleteFolder(unfinished);
        }
      }
      return new Backup(backup, manifest.madeAt(), manifest.schema(), manifest.bytes());
    } catch (IOException e) {
      if (isNew) {
        clear(root);
      }
      throw new StoreUnavailableException("nothing was restored: " + Disk.why(e), 0, e);
    }
  }

  /** The lock's own file, and what a restore that was killed left, do no harm. */
  private static void checkFree(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      Disk.checkEmpty(root);
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.equals(DataDirectory.LOCK) && !name.equals(UNFINISHED)) {
          throw new IOException(
              root
                  + " is not empty: it has "
                  + name
                  + "; move it away, or choose another directory with --data");
        }
      }
    }
  }

  private static void copy(Path from, Path to, Manifest.Entry entry) throws IOException {
    if (!Files.isRegularFile(from)) {
      throw new IOException(from + " is missing; the backup is of no use, take another one");
    }
    long bytes = Files.size(from);
    if (bytes != entry.bytes()) {
      throw new IOException(
          from
              + " is damaged: it has "
              + bytes
              + " bytes, and had "
              + entry.bytes()
              + "; take another backup");
    }
    if (!Disk.copy(from, to).equals(entry.sha256())) {
      throw new IOException(
          from + " is damaged: its SHA-256 is not the manifest's; take another backup");
    }
  }

  private static void open(Path facts) throws IOException {
    Properties readOnly = new Properties();
    readOnly.setProperty("access_mode", "READ_ONLY");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + facts, readOnly);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT value FROM meta WHERE name = 'schema'")) {
      if (!rows.next()) {
        throw new IOException("the backup's database is not Assay's");
      }
    } catch (SQLException e) {
      throw new IOException("the backup's database cannot be read: " + Database.firstLine(e), e);
    }
  }

  private static void clear(Path root) {
    try {
      Disk.deleteFolder(root);
    } catch (IOException e) {
      // What is left is an empty data directory with a lock's file: no harm.
    }
  }
}

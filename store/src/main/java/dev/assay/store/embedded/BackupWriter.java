package dev.assay.store.embedded;

import dev.assay.store.Backup;
import dev.assay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes backups: the database as it is at one moment, through the engine's own reading, so that a
 * damaged block is found instead of copied; not the line index, which is derived from it. All of it
 * is written under another name first.
 */
final class BackupWriter {
  static final String UNFINISHED = ".unfinished";

  private static final Logger log = LoggerFactory.getLogger(BackupWriter.class);

  private final Database database;
  private final InstantSource clock;

  BackupWriter(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Backup write(Path to) throws StoreUnavailableException {
    Path target = to.toAbsolutePath().normalize();
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    boolean begun = false;
    try {
      if (target.startsWith(database.root())) {
        throw new IOException(target + " lies in the data directory itself");
      }
      Disk.checkEmpty(target);
      if (target.getParent() != null) {
        Files.createDirectories(target.getParent());
      }
      Disk.deleteFolder(unfinished); // of one that was killed
      Files.createDirectory(unfinished);
      begun = true;
      Instant madeAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Path facts = unfinished.resolve(DataDirectory.FACTS);
      database.copyTo(facts);
      Disk.force(facts);
      Manifest.Entry entry =
          new Manifest.Entry(DataDirectory.FACTS, Files.size(facts), Disk.sha256(facts));
      new Manifest(Schema.VERSION, madeAt, List.of(entry)).write(unfinished);
      Disk.forceFolder(unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      if (target.getParent() != null) {
        Disk.forceFolder(target.getParent());
      }
      return new Backup(target, madeAt, Schema.VERSION, entry.bytes());
    } catch (IOException | SQLException e) {
      if (begun) {
        cleared(unfinished);
      }
      throw new StoreUnavailableException(
          "no backup was made at "
              + target
              + ": "
              + Disk.why(e)
              + "; choose an empty directory on a disk with room",
          0,
          e);
    }
  }

  private static void cleared(Path unfinished) {
    try {
      Disk.deleteFolder(unfinished);
    } catch (IOException e) {
      log.warn("{} stays behind: {}", unfinished, e.toString());
    }
  }
}

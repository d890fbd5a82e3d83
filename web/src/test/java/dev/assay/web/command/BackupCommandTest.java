package dev.assay.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.Change;
import dev.assay.web.backup.BackupDesk;
import dev.assay.web.status.ServerStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside a store that is open, and without one. */
class BackupCommandTest {
  private static final Instant MERGED = Instant.parse("2026-11-10T12:00:00Z");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Commands.line()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void backup_ofAServerThatRuns_andOfOneThatDoesNot_isRestored() throws Exception {
    Path data = folder.resolve("data");
    Change change =
        new Change(
            "github.com/acme/api", 7, "Answer", "ann", null, MERGED, "abc", null, null, null);
    try (Parts parts = new Parts(Terminal.standardError())) {
      Store store = parts.started("store", Stores.open(StoreOptions.in(data)));
      parts.started("backups", BackupDesk.open(data, store));
      store.changes().found(List.of(change));
      ServerStatus.Place nowhere = new ServerStatus.Place("http://127.0.0.1:1", false, null);
      new ServerStatus(ProcessHandle.current().pid(), nowhere, nowhere, nowhere).write(data);
      assertThat(run("backup", "--data", path("data"), "--to", path("first"))).isZero();
      assertThat(out.toString()).startsWith(path("first") + ": ").contains(" bytes, as of 20");
      assertThat(run("backup", "--data", path("data"), "--to", path("first"))).isOne();
      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "assay: no backup was made at "
                  + path("first")
                  + ": "
                  + path("first")
                  + " is not empty; choose an empty directory on a disk with room");
      Files.writeString(data.resolve("backup.request"), "an order that is being written");
      assertThat(run("backup", "--data", path("data"), "--to", path("second"))).isOne();
      assertThat(err.toString()).contains("another backup of " + data + " is under way");
      Files.delete(data.resolve("backup.request"));
    }
    ServerStatus.remove(data);
    assertThat(run("backup", "--data", path("data"), "--to", path("second"))).isZero();
    assertThat(run("backup", "--data", path("none"), "--to", path("third"))).isOne();
    assertThat(err.toString()).contains("there is no data directory " + path("none"));
    for (String backup : List.of("first", "second")) {
      String restored = path("restored-" + backup);
      assertThat(run("restore", "--from", path(backup), "--data", restored)).isZero();
      assertThat(out.toString()).startsWith(restored + ": ").contains("line index is built");
      try (Store store = Stores.open(StoreOptions.in(Path.of(restored)))) {
        assertThat(store.changes().ofRepository("github.com/acme/api")).containsExactly(change);
      }
    }
    assertThat(run("restore", "--from", path("first"), "--data", path("data"))).isOne();
    assertThat(err.toString()).startsWith("assay: nothing was restored: ").contains("not empty");
    assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**backup.*");
  }
}

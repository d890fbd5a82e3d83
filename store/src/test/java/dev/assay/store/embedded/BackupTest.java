package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Backup;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.report.Filter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a store that runs, and data directories made of them. */
final class BackupTest {
  private static final int THREADS = 3;
  private static final int ACKNOWLEDGED_BEFORE = 60;

  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private Path backup() {
    return folder.resolve("backup");
  }

  private Path restored() {
    return folder.resolve("restored");
  }

  @Test
  void whatIsRestored_saysTheSame() throws Exception {
    List<String> paths = List.of("src/A1.java", "src/A2.java", "A3.java");
    List<String> lines = List.of("a common line of all", "int line5 = 5;");
    String edits;
    String reports;
    try (Store store = Stores.open(StoreOptions.in(data()))) {
      SchemaSample.older(store);
      SchemaSample.newer(store);
      edits = Said.ofEdits(store, paths, lines);
      reports = Said.ofReports(store);
      Backup made = store.backup(backup());
      assertThat(made.schema()).isEqualTo(Schema.VERSION);
      assertThat(made.bytes()).isEqualTo(Files.size(backup().resolve("facts.duckdb")));
    }
    Backup restored = Stores.restore(backup(), restored());
    assertThat(restored.directory()).isEqualTo(backup());
    try (Store store = Stores.open(StoreOptions.in(restored()))) {
      assertThat(Said.ofEdits(store, paths, lines)).isEqualTo(edits);
      assertThat(Said.ofReports(store)).isEqualTo(reports);
      assertThat(edits).contains("t1", "exact", "no-candidate");
      store.commit(List.of(Given.session("s9", "new@acme.example")));
    }
  }

  @Test
  void backup_underLoad_hasAllThatWasAcknowledgedBefore() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Set<String> before;
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Store store = Stores.open(StoreOptions.in(data()))) {
      List<Future<?>> committing = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String prefix = "t" + thread + "-";
        committing.add(
            threads.submit(
                () -> {
                  for (int i = 0; !enough.get(); i++) {
                    store.commit(List.of(Given.edit(prefix + i, "s1", "src/A.java", "line " + i)));
                    acknowledged.add(prefix + i);
                  }
                  return null;
                }));
      }
      while (acknowledged.size() < ACKNOWLEDGED_BEFORE) {
        Thread.sleep(1);
      }
      before = Set.copyOf(acknowledged);
      store.backup(backup());
      int during = acknowledged.size();
      while (acknowledged.size() < during + THREADS) {
        Thread.sleep(1); // commits go on behind it
      }
      enough.set(true);
      for (Future<?> each : committing) {
        each.get();
      }
    }
    threads.shutdown();
    Stores.restore(backup(), restored());
    try (Store store = Stores.open(StoreOptions.in(restored()))) {
      assertThat(store.edits().byId(before)).hasSameSizeAs(before);
      long edits = store.edits().byId(acknowledged).size();
      assertThat(store.reports().summary(Filter.ALL).linesAccepted())
          .as("each once, and nothing of a commit that was under way")
          .isEqualTo(edits);
    }
  }

  @Test
  void backup_whereItCannotBe_saysWhy_andLeavesNothing() throws Exception {
    Files.createDirectories(backup());
    Files.createFile(backup().resolve("mine.txt"));
    Path file = Files.createFile(folder.resolve("file"));
    try (Store store = Stores.open(StoreOptions.in(data()))) {
      assertThatThrownBy(() -> store.backup(backup()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(backup() + " is not empty");
      assertThatThrownBy(() -> store.backup(file)).hasMessageContaining("is a file");
      assertThatThrownBy(() -> store.backup(file.resolve("in")))
          .hasMessageContaining("no backup was made");
      assertThatThrownBy(() -> store.backup(data().resolve("in")))
          .hasMessageContaining("lies in the data directory");
      assertThat(store.health().ready()).isTrue();
      store.backup(folder.resolve("it's new/in a folder"));
    }
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("data", "backup", "file", "it's new");
    }
    assertThat(backup()).isDirectoryContaining("glob:**mine.txt");
  }

  @Test
  void restore_intoADirectoryThatHasSomething_isRefused() throws Exception {
    made();
    Files.createDirectories(restored());
    Files.createFile(restored().resolve("mine.txt"));
    assertThatThrownBy(() -> Stores.restore(backup(), restored()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(restored() + " is not empty: it has mine.txt")
        .hasMessageContaining("--data");
    assertThatThrownBy(() -> Stores.restore(backup(), data())).hasMessageContaining("not empty");
    try (Store running = Stores.open(StoreOptions.in(folder.resolve("running")))) {
      assertThat(running.health().ready()).isTrue();
      assertThatThrownBy(() -> Stores.restore(backup(), folder.resolve("running")))
          .hasMessageContaining("not empty");
    }
  }

  @Test
  void restore_ofADamagedBackup_namesTheFile_andLeavesNothing() throws Exception {
    made();
    Path facts = backup().resolve("facts.duckdb");
    Path manifest = backup().resolve("manifest.txt");
    byte[] whole = Files.readAllBytes(facts);
    byte[] listed = Files.readAllBytes(manifest);
    for (int at = 0; at < whole.length; at += whole.length / 40) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(facts, damaged);
      refused(facts + " is damaged: its SHA-256 is not the manifest's");
    }
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Files.write(facts, java.util.Arrays.copyOf(whole, length));
      refused(facts + " is damaged: it has " + length + " bytes");
    }
    Files.delete(facts);
    refused(facts + " is missing");
    Files.write(facts, whole);
    for (int at = 0; at < listed.length; at++) {
      byte[] damaged = listed.clone();
      damaged[at] ^= 1;
      Files.write(manifest, damaged);
      refused(manifest + " is damaged");
      Files.write(manifest, java.util.Arrays.copyOf(listed, at));
      refused(manifest + " is damaged");
    }
    Files.delete(manifest);
    refused("is no backup: it has no manifest.txt");
    new Manifest(Schema.VERSION + 1, java.time.Instant.EPOCH, List.of()).write(backup());
    refused("was made by a newer version of Assay (schema " + (Schema.VERSION + 1));
    Files.writeString(manifest, "assay-backup 2\n", StandardCharsets.UTF_8);
    refused("is damaged");
    Files.write(manifest, listed);
    Stores.restore(backup(), restored());
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Stores.restore(backup(), restored()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("nothing was restored: ")
        .hasMessageContaining(message);
    assertThat(restored()).doesNotExist();
  }

  private void made() throws StoreUnavailableException {
    try (Store store = Stores.open(StoreOptions.in(data()))) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
      store.backup(backup());
    }
  }
}

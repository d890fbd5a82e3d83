package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import dev.assay.store.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database or its log with a flipped byte, or cut short: what docs/format says is done. What
 * was acknowledged is there, or the store does not open.
 */
final class DamagedFactsTest {
  private static final String DATABASE = "facts.duckdb";
  private static final String LOG = "facts.duckdb.wal";

  /** How many bytes of each file are flipped, each by itself; more with -Dassay.flips. */
  private static final int FLIPS = Integer.getInteger("assay.flips", 24);

  private static final int TRANSACTIONS = 4;
  private static final List<String> PATHS = List.of("src/A1.java", "src/A2.java", "src/A5.java");
  private static final List<String> LINES = List.of("a common line of all", "int line5 = 5;");

  /** How a store says all that was acknowledged. */
  private static final String WHOLE = "whole";

  /** The same of one that tells of transactions that its log had lost. */
  private static final String RESTORED = "restored";

  /** The same of one that does not open, or does not answer. */
  private static final String REFUSED = "refused";

  private static final String FAILED = "failed";

  @TempDir Path folder;
  private Path kept;

  /** What was said of all that was acknowledged. */
  private String said = "";

  /** Half in the database, half in its log, as a kill leaves it. */
  @BeforeEach
  void write() throws Exception {
    Path data = folder.resolve("data");
    kept = folder.resolve("kept");
    try (Store store = Stores.open(StoreOptions.in(data))) {
      SchemaSample.older(store);
    }
    try (EmbeddedStore store = EmbeddedStore.open(StoreOptions.in(data), InstantSource.system())) {
      for (int i = 0; i < TRANSACTIONS; i++) {
        String before = said(store);
        store.commit(transaction(i));
        said = said(store);
        assertThat(said).isNotEqualTo(before);
        if (i < TRANSACTIONS - 1) {
          store.journal().roll(); // each has a file of its own
        }
      }
      copy(data, kept);
      try (Stream<Path> files = Files.list(kept.resolve("journal"))) {
        assertThat(files).hasSize(TRANSACTIONS);
      }
    }
    assertThat(saysOf(DATABASE, Files.readAllBytes(kept.resolve(DATABASE)))).isEqualTo(WHOLE);
  }

  /** Something of each kind. */
  private static List<Observation> transaction(int number) {
    String session = "more" + number;
    return List.of(
        Given.session(session, "more@acme.example"),
        Given.edit("edit" + number, session, "src/A1.java", "int more = " + number + ";"),
        Given.decision(Source.EVENT, "edit" + number, session, Outcome.ACCEPTED, "config"),
        Given.usage(Source.EVENT, "more" + number, "r" + number, session, 1 + number, "0.5"),
        Given.sample(
            "claude_code.token.usage", Given.NOON, "native" + number, 7 + number, "type", "input"));
  }

  /** All but the line index, which is built anew. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolve("journal"));
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = from.relativize(file);
        if (!name.startsWith("lines") && !name.startsWith("store.lock")) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }

  /** Everything, but for the version: what is applied again has another. */
  private static String said(Store store) {
    return (Said.ofEdits(store, PATHS, LINES) + Said.ofReports(store))
        .replaceFirst("\nversion: [0-9]+\n", "\n");
  }

  @Test
  void aFlippedByteOfTheDatabase_isRefused_orFailsTheQuestionThatMeetsIt_orIsInNoUse()
      throws Exception {
    assertThat(flipped(DATABASE)).isSubsetOf(REFUSED, FAILED, WHOLE).contains(REFUSED, WHOLE);
  }

  /** Of an entry's length, and of the log's first bytes, it is where the log seems to end. */
  @Test
  void aFlippedByteOfTheLog_isRefused_orWhatComesBehindItIsRestored() throws Exception {
    assertThat(flipped(LOG)).isSubsetOf(REFUSED, WHOLE, RESTORED).contains(REFUSED, RESTORED);
  }

  @Test
  void aDatabase_thatIsCutShort_isRefused_orFails_orMissesWhatWasInNoUse() throws Exception {
    byte[] bytes = Files.readAllBytes(kept.resolve(DATABASE));
    for (int cut : new int[] {1, bytes.length / 2, bytes.length - 1, bytes.length}) {
      String says = saysOf(DATABASE, Arrays.copyOf(bytes, bytes.length - cut));
      assertThat(says).as("without %d bytes", cut).isIn(REFUSED, FAILED, WHOLE);
    }
    assertThat(saysOf(DATABASE, new byte[0])).isEqualTo(REFUSED);
  }

  /** The sums stand behind the last transaction: what they are made of is whole without them. */
  @Test
  void aLog_thatIsCutShort_isRestored() throws Exception {
    byte[] bytes = Files.readAllBytes(kept.resolve(LOG));
    List<String> says = new ArrayList<>();
    for (int part = 0; part <= FLIPS; part++) {
      int cut = (int) ((long) bytes.length * part / FLIPS);
      says.add(saysOf(LOG, Arrays.copyOf(bytes, bytes.length - cut)));
    }
    int first = says.indexOf(RESTORED);
    assertThat(first).isBetween(1, FLIPS / 2);
    assertThat(says.subList(0, first)).containsOnly(WHOLE);
    assertThat(says.subList(first, says.size())).containsOnly(RESTORED);
  }

  /** As the message of one that is refused has people do it. */
  @Test
  void aLog_thatIsMovedAway_isRestored() throws Exception {
    byte[] bytes = Files.readAllBytes(kept.resolve(LOG));
    bytes[bytes.length / 2] ^= 1;
    Path data = damaged(LOG, bytes);
    assertThatThrownBy(() -> Stores.open(StoreOptions.in(data)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("move " + data.resolve(LOG) + " away and start again");
    Files.move(data.resolve(LOG), folder.resolve("away"));
    assertThat(saysOf(data)).isEqualTo(RESTORED);
  }

  @Test
  void whatIsCommittedBehindDamage_isThereAfterAKill() throws Exception {
    byte[] bytes = Files.readAllBytes(kept.resolve(LOG));
    for (byte[] log :
        List.of(new byte[0], Arrays.copyOf(bytes, bytes.length / 2), seemsToEnd(bytes))) {
      Path data = damaged(LOG, log);
      Path killed = data.resolveSibling(data.getFileName() + "-killed");
      String more;
      try (Store store = Stores.open(StoreOptions.in(data))) {
        assertThat(store.health().lostTransactions()).isPositive();
        store.commit(transaction(TRANSACTIONS));
        more = said(store);
        assertThat(more).isNotEqualTo(said);
        copy(data, killed);
      }
      for (Path each : List.of(data, killed)) {
        try (Store store = Stores.open(StoreOptions.in(each))) {
          assertThat(said(store)).as("%s", each).isEqualTo(more);
          assertThat(store.health().lostTransactions()).isZero();
        }
      }
    }
  }

  /** Its first transaction has a later version than any of those that are to be applied again. */
  @Test
  void aKill_beforeAllIsAppliedAgain_losesNothing() throws Exception {
    Path data = damaged(LOG, new byte[0]);
    long last = CommittedFile.read(data.resolve("facts.committed"));
    try (DataDirectory directory = DataDirectory.take(data);
        Database database = Database.open(directory, StoreOptions.in(data))) {
      assertThat(database.lastVersion()).isLessThan(last);
      Journal.open(directory.journal(), true, database.lastVersion()).close();
      Transaction.begin(database.writer(), last + 1).keepVersion();
      database.writer().commit();
      assertThat(database.lastVersion()).isEqualTo(last + 1);
    }
    assertThat(saysOf(data)).isEqualTo(WHOLE);
  }

  @Test
  void whatIsLost_isAppliedAgain_alsoWhereNothingTellsHowMuch() throws Exception {
    for (String committed : List.of("", "9000000000000000009 0000000000000000008\n", "garbage")) {
      Path data = damaged(LOG, new byte[0]);
      Files.writeString(data.resolve("facts.committed"), committed);
      assertThat(saysOf(data)).as("the names of the journal's files tell").isEqualTo(RESTORED);
    }
    Path data = damaged(LOG, new byte[0]);
    Files.delete(data.resolve("facts.committed"));
    try (Stream<Path> files = Files.list(data.resolve("journal"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Files.move(file, file.resolveSibling(name.replaceFirst("[.][0-9]+", "")));
      }
    }
    assertThat(saysOf(data)).isEqualTo(WHOLE);
  }

  /** The journal of a version that did not keep it until the checkpoint. */
  @Test
  void aDamagedLog_thatTheJournalHasNot_isNotToBeMovedAway() throws Exception {
    byte[] bytes = Files.readAllBytes(kept.resolve(LOG));
    bytes[bytes.length / 2] ^= 1;
    Path data = damaged(LOG, bytes);
    Files.writeString(data.resolve("facts.committed"), ""); // as a kill may leave it
    assertThatThrownBy(() -> Stores.open(StoreOptions.in(data)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageNotContaining("away");
  }

  /** Whole but for a byte that makes it end there. */
  private byte[] seemsToEnd(byte[] bytes) throws Exception {
    byte[] log = bytes.clone();
    for (int at = log.length / 3; at < log.length; at++) {
      log[at] ^= 1;
      if (saysOf(LOG, log).equals(RESTORED)) {
        return log;
      }
      log[at] ^= 1;
    }
    throw new AssertionError("each byte is heeded");
  }

  private Set<String> flipped(String file) throws Exception {
    byte[] bytes = Files.readAllBytes(kept.resolve(file));
    Set<String> outcomes = new HashSet<>();
    for (int flip = 0; flip < FLIPS; flip++) {
      int at = (int) ((long) bytes.length * flip / FLIPS);
      bytes[at] ^= (byte) (1 << flip % 8);
      outcomes.add(saysOf(file, bytes));
      bytes[at] ^= (byte) (1 << flip % 8);
    }
    return outcomes;
  }

  /** A data directory, one of whose files is this. */
  private Path damaged(String file, byte[] content) throws IOException {
    Path data = Files.createTempDirectory(folder, "damaged");
    copy(kept, data);
    Files.write(data.resolve(file), content);
    return data;
  }

  private String saysOf(String file, byte[] content) throws Exception {
    return saysOf(damaged(file, content));
  }

  /** How a store says what was acknowledged. */
  private String saysOf(Path data) throws Exception {
    try (Store store = Stores.open(StoreOptions.in(data))) {
      assertThat(said(store)).isEqualTo(said);
      assertThat(store.health().lostTransactions()).isLessThanOrEqualTo(TRANSACTIONS + 1L);
      return store.health().lostTransactions() > 0 ? RESTORED : WHOLE;
    } catch (StoreUnavailableException e) {
      assertThat(e).hasMessageContaining(DATABASE + " cannot be ");
      assertThatThrownBy(() -> Stores.open(StoreOptions.in(data)))
          .as("again")
          .isInstanceOf(StoreUnavailableException.class);
      return REFUSED;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("a question failed");
      return FAILED;
    }
  }
}

package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database or its log with a flipped byte, or cut short: what docs/format says is done. Never
 * does a store say anything that it has not said before.
 */
final class DamagedFactsTest {
  private static final String DATABASE = "facts.duckdb";
  private static final String LOG = "facts.duckdb.wal";

  /** How many bytes of each file are flipped, each by itself; more with -Dassay.flips. */
  private static final int FLIPS = Integer.getInteger("assay.flips", 24);

  private static final int TRANSACTIONS = 4;
  private static final List<String> PATHS = List.of("src/A1.java", "src/A2.java", "src/A5.java");
  private static final List<String> LINES = List.of("a common line of all", "int line5 = 5;");

  /** How a store says what it said after so many transactions of the log. */
  private static final String AFTER = "after ";

  private static final String WHOLE = AFTER + TRANSACTIONS;

  /** The same of one that does not open, or does not answer. */
  private static final String REFUSED = "refused";

  private static final String FAILED = "failed";

  @TempDir Path folder;

  /** What was said before any transaction of the log, and after each. */
  private final List<String> said = new ArrayList<>();

  /** Half in the database, half in its log, as a kill leaves it. */
  @BeforeEach
  void write() throws Exception {
    Path data = folder.resolve("data");
    try (Store store = Stores.open(StoreOptions.in(data))) {
      SchemaSample.older(store);
      said.add(said(store));
    }
    try (Store store = Stores.open(StoreOptions.in(data))) {
      for (int i = 0; i < TRANSACTIONS; i++) {
        store.commit(List.of(Given.edit("more" + i, "s1", "src/A1.java", "int more = " + i + ";")));
        said.add(said(store));
      }
      Files.createDirectories(folder.resolve("kept"));
      for (String file : List.of(DATABASE, LOG)) {
        Files.copy(data.resolve(file), kept(file));
      }
    }
    assertThat(said).doesNotHaveDuplicates();
    assertThat(saysOf(DATABASE, Files.readAllBytes(kept(DATABASE)))).isEqualTo(WHOLE);
  }

  private Path kept(String file) {
    return folder.resolve("kept").resolve(file);
  }

  private static String said(Store store) {
    return Said.ofEdits(store, PATHS, LINES) + Said.ofReports(store);
  }

  @Test
  void aFlippedByteOfTheDatabase_isRefused_orFailsTheQuestionThatMeetsIt_orIsInNoUse()
      throws Exception {
    List<String> outcomes = flipped(DATABASE);
    assertThat(outcomes).isSubsetOf(REFUSED, FAILED, WHOLE).contains(REFUSED, WHOLE);
  }

  /** Of an entry's length, and of the log's first bytes, it is where the log seems to end. */
  @Test
  void aFlippedByteOfTheLog_isRefused_orWhatComesBehindItIsNotRead() throws Exception {
    List<String> outcomes = flipped(LOG);
    assertThat(outcomes).allMatch(each -> each.equals(REFUSED) || each.startsWith(AFTER));
    assertThat(outcomes).contains(REFUSED);
  }

  @Test
  void aDatabase_thatIsCutShort_isRefused_orFails_orMissesWhatWasInNoUse() throws Exception {
    byte[] bytes = Files.readAllBytes(kept(DATABASE));
    for (int cut : new int[] {1, bytes.length / 2, bytes.length - 1, bytes.length}) {
      String says = saysOf(DATABASE, Arrays.copyOf(bytes, bytes.length - cut));
      assertThat(says).as("without %d bytes", cut).isIn(REFUSED, FAILED, WHOLE);
    }
    assertThat(saysOf(DATABASE, new byte[0])).isEqualTo(REFUSED);
  }

  @Test
  void aLog_thatIsCutShort_isReadUpToItsLastWholeTransaction() throws Exception {
    byte[] bytes = Files.readAllBytes(kept(LOG));
    List<String> says = new ArrayList<>();
    for (int part = 0; part <= FLIPS; part++) {
      int cut = (int) ((long) bytes.length * part / FLIPS);
      says.add(saysOf(LOG, Arrays.copyOf(bytes, bytes.length - cut)));
    }
    assertThat(says).isSortedAccordingTo(Comparator.reverseOrder()).contains(WHOLE);
    assertThat(says).allMatch(each -> each.startsWith(AFTER)).contains(AFTER + 0);
  }

  private List<String> flipped(String file) throws Exception {
    byte[] bytes = Files.readAllBytes(kept(file));
    List<String> outcomes = new ArrayList<>();
    for (int flip = 0; flip < FLIPS; flip++) {
      int at = (int) ((long) bytes.length * flip / FLIPS);
      bytes[at] ^= (byte) (1 << flip % 8);
      outcomes.add(saysOf(file, bytes));
      bytes[at] ^= (byte) (1 << flip % 8);
    }
    return outcomes;
  }

  /** How a store says it, one of whose files is this. */
  private String saysOf(String file, byte[] content) throws Exception {
    Path data = Files.createTempDirectory(folder, "damaged");
    for (String each : List.of(DATABASE, LOG)) {
      Files.copy(kept(each), data.resolve(each));
    }
    Files.write(data.resolve(file), content);
    try (Store store = Stores.open(StoreOptions.in(data))) {
      String says = said(store);
      int after = said.indexOf(says);
      return after < 0 ? "never said before: " + says : AFTER + after;
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

package dev.assay.web.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as an edit's line. */
class EditCasesTest {
  private static final String SUM = "total = sum(item.quantity for item in items)";
  private static final String SHOW = "print(f'total quantity {total}')";
  private static final String OTHER = "ledger.append(total, clock.now())";
  private static final String PERSONS = "audit.write(who='a person')";

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void begin() throws IOException {
    world = World.in(folder);
  }

  @Test
  void lineThatWasOnlyRead_isThePersons() throws IOException {
    world.person("a.py", SUM + "\n" + SHOW + "\n");
    world.session().read("a.py").write("b.py", OTHER + "\n");
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly("(no-candidate): " + SUM, "(no-candidate): " + SHOW);
    assertThat(world.verdicts("b.py")).containsExactly("exact: " + OTHER);
  }

  @Test
  void contextInsideAnEdit_isThePersons() throws IOException {
    world.person("a.py", SUM + "\n" + PERSONS + "\n");
    world.session().edit("a.py", SUM + "\n" + PERSONS, SUM + "\n" + SHOW + "\n" + PERSONS);
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly(
            "(too-different): " + SUM, "exact: " + SHOW, "(too-different): " + PERSONS);
  }

  @Test
  void rejectedFailedAndInterruptedEdits_writeNothing() throws IOException {
    world.base("a.py", "import json\n");
    world
        .session()
        .rejected("a.py", "import json", SUM)
        .failed("a.py", "import absent", SHOW)
        .interrupted("a.py", "import json", OTHER);
    world.person("a.py", "import json\n" + SUM + "\n" + SHOW + "\n" + OTHER + "\n");
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly(
            "(no-candidate): " + SUM, "(no-candidate): " + SHOW, "(no-candidate): " + OTHER);
  }

  @Test
  void userModifiedEdit_countsOnlyWhatClaudeProposed() throws IOException {
    world.base("a.py", "import json\n");
    world.session().editModified("a.py", "import json", SUM + "\n" + SHOW, SUM + "\n" + PERSONS);
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly("exact: " + SUM, "(too-different): " + PERSONS);
  }

  @Test
  void laterSessionThatOverwrites_isTheEvidence() throws IOException {
    world.session("1111aaaa", "ada", world.checkout()).write("a.py", SUM + "\n" + SHOW + "\n");
    world
        .session("2222bbbb", "ada", world.checkout())
        .at(World.MERGED.minus(Duration.ofHours(3)))
        .edit("a.py", SHOW, OTHER);
    world.merge();
    assertThat(world.attribution().verdicts())
        .extracting(Verdict::sessionId)
        .containsExactly("1111aaaa", "2222bbbb");
  }

  @Test
  void laterSessionThatReverts_takesTheLineBack() throws IOException {
    world.base("a.py", "import json\n");
    world.session("1111aaaa", "ada", world.checkout()).edit("a.py", "import json", SHOW);
    world
        .session("2222bbbb", "ada", world.checkout())
        .at(World.MERGED.minus(Duration.ofHours(3)))
        .edit("a.py", SHOW, OTHER);
    world.person("a.py", "import json\n" + SHOW + "\n" + OTHER + "\n");
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly("(removed-again): " + SHOW, "exact: " + OTHER);
  }

  @Test
  void lineThatAnEditIndents_isStillThePersons() throws IOException {
    world.base("a.py", SUM + "\n");
    world.session().edit("a.py", SUM, "if items and not closed:\n    " + SUM);
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly("exact: if items and not closed:", "(only-moved-by-edit): " + SUM);
  }

  @Test
  void replaceAll_countsEachPlaceOnce() throws IOException {
    world.base("a.py", "old(1)\nimport json\nold(1)\nimport sys\nold(1)\n");
    world.session().replaceAll("a.py", "old(1)", "renamed_everywhere(one)");
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly(
            "exact: renamed_everywhere(one)",
            "exact: renamed_everywhere(one)",
            "exact: renamed_everywhere(one)");
  }

  @Test
  void sameLineMoreOftenThanWritten_isAttributedAsOftenAsWritten() throws IOException {
    world.session().write("a.py", SUM + "\n" + SHOW + "\n");
    world.person("a.py", SUM + "\n" + SHOW + "\n" + PERSONS + "\n" + SHOW + "\n");
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactly(
            "exact: " + SUM,
            "exact: " + SHOW,
            "(too-different): " + PERSONS,
            "(written-less-often): " + SHOW);
  }

  @Test
  void subagentsEdit_isItsSessions() throws IOException {
    Session session = world.session().write("a.py", SUM + "\n");
    session.subagent("7f").write("b.py", OTHER + "\n");
    world.merge();
    assertThat(world.attribution().verdicts())
        .extracting(Verdict::assisted, Verdict::sessionId)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(true, "11111111-1111-4111-8111-111111111111"));
  }

  @Test
  void forkedSession_doesNotWriteItsCopiedEditsAgain() throws IOException {
    Session session = world.session().write("a.py", SUM + "\n");
    session.fork("22222222-2222-4222-8222-222222222222").write("b.py", OTHER + "\n");
    world.person("a.py", SUM + "\n" + PERSONS + "\n" + SUM + "\n");
    world.merge();
    assertThat(world.verdicts("a.py"))
        .containsExactlyInAnyOrder(
            "exact: " + SUM, "(too-different): " + PERSONS, "(written-less-often): " + SUM);
    assertThat(world.verdicts("b.py")).containsExactly("exact: " + OTHER);
  }

  @Test
  void twoPeoplesSessionsOnOneFile_eachVouchForTheirOwn() throws IOException {
    world.session("1111aaaa", "ada", world.checkout()).write("a.py", SUM + "\n");
    world
        .session("2222bbbb", "bob", world.checkout())
        .at(World.MERGED.minus(Duration.ofHours(3)))
        .edit("a.py", SUM, SUM + "\n" + OTHER);
    world.merge();
    assertThat(world.attribution().verdicts())
        .extracting(Verdict::strategy, Verdict::sessionId)
        .isEqualTo(
            List.of(
                org.assertj.core.groups.Tuple.tuple("exact", "1111aaaa"),
                org.assertj.core.groups.Tuple.tuple("exact", "2222bbbb")));
  }

  @Test
  void window_bothEnds_toTheMillisecond() throws IOException {
    Duration before = Duration.ofDays(21);
    Duration after = Duration.ofDays(2);
    world.session().at(World.MERGED.minus(before)).write("first.py", SUM + "\n");
    world
        .session("22221111", "ada", world.checkout())
        .at(World.MERGED.minus(before).minusMillis(1))
        .write("early.py", SHOW + "\n");
    world
        .session("33331111", "ada", world.checkout())
        .at(World.MERGED.plus(after))
        .write("last.py", OTHER + "\n");
    world
        .session("44441111", "ada", world.checkout())
        .at(World.MERGED.plus(after).plusMillis(1))
        .write("late.py", "receipt.sign(" + SUM + ")\n");
    world.merge();
    assertThat(world.verdicts("first.py")).containsExactly("exact: " + SUM);
    assertThat(world.verdicts("early.py")).containsExactly("(outside-window): " + SHOW);
    assertThat(world.verdicts("last.py")).containsExactly("exact: " + OTHER);
    assertThat(world.verdicts("late.py")).allMatch(line -> line.startsWith("(outside-window)"));
  }
}

package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proto.line.NotebookLine;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.UnreadableLinesException;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule N5: signed lines are judged as their text would be. */
class SignedLinesTest {
  private static final String ONE = "+int total = subtotal + shipping;";
  private static final String TWO = "+int shipping = weight * RATE_PER_KILO;";
  private static final String THREE = "+log.info(\"shipping costs {}\", shipping);";

  @TempDir private Path folder = Path.of("");
  private Keyring first = Keyring.empty();
  private Keyring second = Keyring.empty();
  private Keyring both = Keyring.empty();

  @BeforeEach
  void keys() throws Exception {
    first = keyring("0a".repeat(32));
    second = keyring("0b".repeat(32));
    both = keyring("0b".repeat(32) + "\n" + "0a".repeat(32));
  }

  private Keyring keyring(String keys) throws Exception {
    Path file = Files.createTempDirectory(folder, "keys").resolve("assay.key");
    try {
      Keyring.make(file);
      Files.writeString(file, keys);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Keyring.read(file, null);
  }

  private static List<EditFact> signed(List<EditFact> edits, Keyring keyring) {
    List<EditFact> signed = new ArrayList<>();
    for (EditFact edit : edits) {
      boolean notebook = NotebookLine.inEdit(String.valueOf(edit.path()), edit.tool());
      signed.add(edit.with(keyring.first().sign(Objects.requireNonNull(edit.lines()), notebook)));
    }
    return signed;
  }

  private static Judgement judge(Scene scene, List<EditFact> edits, Keyring keyring) {
    return new Attributor(Rules.standard(), keyring)
        .judge(Scene.MERGED, scene.diff(), scene.tree(), edits);
  }

  private static List<String> words(Judgement judgement) {
    return judgement.verdicts().stream().map(Scene::word).toList();
  }

  private void same(Scene scene, String... expected) {
    assertThat(scene.verdicts()).as("text").containsExactly(expected);
    Judgement judgement = judge(scene, signed(scene.edits(), first), first);
    assertThat(words(judgement)).as("signed").containsExactly(expected);
    assertThat(judgement.tagged()).isEqualTo(scene.judge().tagged());
  }

  @Test
  void n5_equalLines_areExact() {
    same(
        new Scene().edit(Scene.FILE, ONE, TWO).change(Scene.FILE, ONE, "+  " + TWO.substring(1)),
        "exact",
        "exact");
  }

  @Test
  void n5_similarLines_areWithinAFifth() {
    same(
        new Scene()
            .edit(Scene.FILE, "+aaaaa bbbb cccc dddd")
            .change(Scene.FILE, "+aaaaa bbbb cccc zzzz"),
        "similar");
    same(
        new Scene()
            .edit(Scene.FILE, "+aaaaa bbbb cccc dddd")
            .change(Scene.FILE, "+aaaaa bbbb cccczzzzz"),
        "(too-different)");
  }

  @Test
  void n5_similar_tellsTheDifference() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+aaaaa bbbb cccc dddd")
            .change(Scene.FILE, "+aaaaa bbbb cccc zzzd");
    Verdict verdict = judge(scene, signed(scene.edits(), first), first).verdicts().get(0);
    assertThat(verdict.difference()).isEqualTo(0.15);
  }

  @Test
  void n5_reflowedLines_areRecognised() {
    same(
        new Scene()
            .edit(Scene.FILE, "+Receipt r = new Receipt(total, count, clock.now());")
            .change(Scene.FILE, "+Receipt r =", "+new Receipt(total, count, clock.now());"),
        "reflowed",
        "reflowed");
  }

  @Test
  void n5_shortLines_holdTheirPlaces() {
    same(
        new Scene().edit(Scene.FILE, ONE, "+break;", TWO).change(Scene.FILE, ONE, "+break;", TWO),
        "exact",
        "exact",
        "exact");
    same(
        new Scene()
            .edit(Scene.FILE, "+break;", "+x = 1;")
            .change(Scene.FILE, "@30", "+break;", "+x = 1;"),
        "(too-short)",
        "(too-short)");
  }

  @Test
  void n5_shortLinesAlone_landAsTheirTextDoes() {
    same(
        new Scene().edit(Scene.FILE, "+break;", "+x = 1;").change(Scene.FILE, "+break;", "+x = 1;"),
        "exact",
        "exact");
    same(
        new Scene().edit(Scene.FILE, "+break;", "+x = 1;").change(Scene.FILE, "+return", "+y = 2;"),
        "(too-different)",
        "(too-different)");
  }

  @Test
  void n5_commonLines_areCountedInTheBaseTree() {
    String common = "import java.util.ArrayList;";
    Scene scene =
        new Scene().edit(Scene.FILE, "+" + common).change(Scene.FILE, "@30", "+" + common);
    for (String path : List.of("a.java", "b.java", "c.java")) {
      scene.base(path, common);
    }
    same(scene, "(too-common)");
  }

  @Test
  void n5_linesRemovedAgain_doNotVouch() {
    same(
        new Scene()
            .edit(Scene.FILE, ONE, TWO)
            .edit(Scene.FILE, "-" + ONE.substring(1))
            .change(Scene.FILE, ONE, TWO),
        "(removed-again)",
        "exact");
  }

  @Test
  void n5_notebooks_areReadAsTheirSource() {
    String json = "+    \"print(\\\"shipping costs\\\", total)\\n\",";
    same(new Scene().tool("Write").edit("a.ipynb", json).change("a.ipynb", json), "exact");
    same(
        new Scene()
            .tool("NotebookEdit")
            .edit("a.ipynb", "+print(\"shipping costs\", total)")
            .change("a.ipynb", json),
        "exact");
  }

  @Test
  void n5_otherKey_isAnError_neverAZero() {
    Scene scene = new Scene().edit(Scene.FILE, ONE).change(Scene.FILE, ONE);
    List<EditFact> edits = signed(scene.edits(), first);
    assertThatThrownBy(() -> judge(scene, edits, second))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessageContaining("not in the key file");
    assertThatThrownBy(() -> judge(scene, edits, Keyring.empty()))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessageContaining("no key file");
  }

  @Test
  void n5_textAndTwoKeys_standSideBySide() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, ONE)
            .session("session-2")
            .edit(Scene.FILE, TWO)
            .session("session-3")
            .edit(Scene.FILE, THREE)
            .change(Scene.FILE, ONE, TWO, THREE, "+somebody else wrote this one");
    List<EditFact> mixed = new ArrayList<>(List.of(scene.edits().get(0)));
    mixed.addAll(signed(scene.edits().subList(1, 2), first));
    mixed.addAll(signed(scene.edits().subList(2, 3), second));
    Judgement judgement = judge(scene, mixed, both);
    assertThat(words(judgement)).containsExactly("exact", "exact", "exact", "(too-different)");
    assertThat(judgement.verdicts().get(1).toolUseId()).isEqualTo("toolu_2");
    assertThat(judgement.tagged()).isTrue();
    Collections.reverse(mixed);
    assertThat(judge(scene, mixed, both)).isEqualTo(judgement);
  }

  @Test
  void n5_partsInSeveralForms_areOneEdit() {
    Scene scene = new Scene().edit(Scene.FILE, ONE).change(Scene.FILE, ONE, TWO);
    EditFact text = scene.edits().get(0);
    EditFact both =
        text.with(
            Objects.requireNonNull(text.lines()).toBuilder()
                .mergeFrom(first.first().sign(Scene.editLines("@2", TWO), false))
                .build());
    assertThat(words(judge(scene, List.of(both), first))).containsExactly("exact", "exact");
  }

  private Judgement judge(Squash squash, List<EditFact> edits) {
    return new Attributor(Rules.standard(), first)
        .judge(Scene.MERGED, squash.diff, squash.base, edits);
  }

  @Test
  void n5_randomHistories_areJudgedAsText() {
    int judged = 0;
    for (long seed = 1; seed <= 200; seed++) {
      History history = new History(seed);
      for (int i = 0; i < 3 + seed % 40; i++) {
        history.step();
      }
      Squash squash = new Squash(history);
      List<Verdict> text = judge(squash, history.edits()).verdicts();
      assertThat(judge(squash, signed(history.edits(), first)).verdicts())
          .as("history " + seed)
          .isEqualTo(text);
      judged += text.size();
    }
    assertThat(judged).isGreaterThan(3_000);
  }
}

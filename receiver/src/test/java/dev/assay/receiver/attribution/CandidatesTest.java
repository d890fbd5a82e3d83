package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.v1.EditLines;
import dev.assay.store.Edits;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which edits the attributor asks the store for. */
class CandidatesTest {
  private final List<Limit> told = new ArrayList<>();
  private static final List<String> HERE = List.of("github.com/acme/shop");
  private static final String A = "int total = price * count;";
  private static final String B = "log.info(\"sold {}\", total);";
  private static final String C = "ledger.append(total, clock.now());";

  /** Edits in memory, which remember what they were asked. */
  private static final class Given implements Edits {
    private final List<EditFact> all;
    private final TreeSet<String> lookedUp = new TreeSet<>();

    Given(List<EditFact> all) {
      this.all = all;
    }

    private List<EditFact> within(Instant from, Instant to) {
      return all.stream()
          .filter(edit -> !edit.time().isBefore(from) && !edit.time().isAfter(to))
          .toList();
    }

    @Override
    public Instant keptFrom() {
      return Instant.EPOCH;
    }

    @Override
    public List<EditFact> inFiles(
        Collection<String> repositories, Collection<String> paths, Instant from, Instant to) {
      return within(from, to).stream().filter(edit -> paths.contains(edit.path())).toList();
    }

    @Override
    public List<EditFact> withLines(
        Collection<String> repositories,
        Collection<String> normalisedLines,
        Instant from,
        Instant to) {
      lookedUp.addAll(normalisedLines);
      return within(from, to).stream().filter(edit -> wrote(edit, normalisedLines)).toList();
    }

    private static boolean wrote(EditFact edit, Collection<String> normalisedLines) {
      EditLines lines = edit.lines();
      return lines != null
          && lines.getHunksList().stream()
              .flatMap(hunk -> hunk.getAddedList().stream())
              .map(line -> NormalisedLine.of(line.getText()).text())
              .anyMatch(normalisedLines::contains);
    }

    @Override
    public Set<String> nestedPaths(Collection<String> repositories, Collection<String> paths) {
      return all.stream()
          .map(EditFact::path)
          .filter(path -> path != null && paths.stream().anyMatch(p -> MovedFiles.nested(path, p)))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<EditFact> byId(Collection<String> toolUseIds) {
      return all.stream().filter(edit -> toolUseIds.contains(edit.toolUseId())).toList();
    }

    @Override
    public List<EditFact> withoutLines(Collection<String> toolUseIds, Instant around) {
      return byId(toolUseIds);
    }

    @Override
    public Map<String, EditOrigin> origins(Collection<String> toolUseIds) {
      return Map.of();
    }

    @Override
    public List<String> repositories() {
      return HERE;
    }

    @Override
    public long version(Collection<String> repositories, Instant from, Instant to) {
      return 1;
    }
  }

  private static List<String> asked(Scene scene) {
    return new Attributor(Rules.standard())
            .candidates(new Given(scene.edits()), HERE, Scene.MERGED, scene.diff(), scene.tree())
            .stream()
            .map(EditFact::toolUseId)
            .toList();
  }

  @Test
  void editsOfTheFile_andOfWhereItsLinesWereMovedFrom() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+something else entirely;")
            .edit("draft/Old.java", "+" + A, "+" + B, "+" + C)
            .edit("draft/Old.java", "+yet another line of it;")
            .edit("src/Unrelated.java", "+" + A)
            .edit("src/Other.java", "+quite another matter;")
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(asked(scene)).containsExactly("toolu_1", "toolu_2", "toolu_3");
  }

  @Test
  void editsOfThePathInsideAnotherFolder_neverCommitted() {
    Scene scene =
        new Scene()
            .base("examples/" + Scene.FILE, "class Shop {}")
            .edit("draft/" + Scene.FILE, "+int sum = price * counts;")
            .edit("examples/" + Scene.FILE, "+int sum = price * counts;")
            .edit("draft/setup.py", "+int sum = price * counts;")
            .change(Scene.FILE, "+" + A)
            .change("setup.py", "+" + A);
    assertThat(asked(scene)).containsExactly("toolu_1");
  }

  @Test
  void editsJustOutsideTheWindow_areGivenForTheReason_thoseFarAwayAreNot() {
    Scene scene =
        new Scene()
            .before(Duration.ofDays(35))
            .edit(Scene.FILE, "+" + A)
            .before(Duration.ofDays(36))
            .edit(Scene.FILE, "+" + A)
            .before(Duration.ofDays(-16))
            .edit(Scene.FILE, "+" + A)
            .change(Scene.FILE, "+" + A);
    assertThat(asked(scene)).contains("toolu_1").doesNotContain("toolu_2");
  }

  @Test
  void renamedFile_isAskedForUnderBothPaths() {
    Scene scene =
        new Scene()
            .edit("src/Store.java", "+" + A)
            .edit(Scene.FILE, "+" + B)
            .renamedFrom("src/Store.java")
            .change(Scene.FILE, "+" + A);
    assertThat(asked(scene)).containsExactly("toolu_1", "toolu_2");
  }

  @Test
  void change_isJudgedAlike_whateverWasLookedUpBefore() {
    Scene scene = new Scene().edit(Scene.FILE, "+" + A).change(Scene.FILE, "+" + A, "+" + A);
    Scene other = new Scene().change(Scene.FILE, "+return a;");
    ChangeDiff diff = scene.diff();
    BaseTree tree = scene.tree();
    Attributor attributor = new Attributor(Rules.standard());
    Judgement alone = attributor.judge(Scene.MERGED, diff, tree, scene.edits());
    attributor.candidates(new Given(scene.edits()), HERE, Scene.MERGED, diff, tree);
    assertThat(attributor.judge(Scene.MERGED, diff, tree, scene.edits())).isEqualTo(alone);
    assertThat(attributor.judge(Scene.MERGED, diff, tree, scene.edits())).isEqualTo(alone);
    attributor.candidates(new Given(List.of()), HERE, Scene.MERGED, other.diff(), other.tree());
    assertThat(attributor.judge(Scene.MERGED, diff, tree, scene.edits())).isEqualTo(alone);
  }

  @Test
  void shortLines_areNotLookedUp() {
    Given edits = new Given(List.of());
    Scene scene = new Scene().change(Scene.FILE, "+return a;", "+" + A, "+}");
    new Attributor(Rules.standard())
        .candidates(edits, HERE, Scene.MERGED, scene.diff(), scene.tree());
    assertThat(edits.lookedUp).containsExactly(A);
  }

  @Test
  void lookedUp_atTheLimitAndOnePast_equalLinesOnce() {
    assertThat(lookedUp(4)).hasSize(4);
    assertThat(told).isEmpty();
    assertThat(lookedUp(5)).hasSize(4).doesNotContain(line(4));
    assertThat(told).containsExactly(Limit.LOOKED_UP);
  }

  private static String line(int i) {
    return "line number " + i + " of many";
  }

  private Set<String> lookedUp(int lines) {
    Given edits = new Given(List.of());
    String[] all =
        IntStream.range(-5, lines).mapToObj(i -> "+" + line(Math.max(0, i))).toArray(String[]::new);
    Scene scene = new Scene().change(Scene.FILE, all);
    new Attributor(
            Rules.standard(),
            Keyring.empty(),
            Limits.standard().with(Limit.LOOKED_UP, 4).telling(told::add))
        .candidates(edits, HERE, Scene.MERGED, scene.diff(), scene.tree());
    return edits.lookedUp;
  }
}

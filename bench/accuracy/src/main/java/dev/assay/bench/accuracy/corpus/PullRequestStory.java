package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.format.Formatters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** How one pull request comes about, from its base to its merge. */
final class PullRequestStory {
  private static final double CLAUDES_SHARE = 0.55;
  private static final int PEOPLE_ONLY_EVERY = 5;
  private static final int NOTEBOOK_EVERY = 7;
  private static final int NOTEBOOK_LINES = 8;

  private final WorkTree tree;
  private final Workplace at;
  private final Formatters formatters;
  private final int number;
  private final Random random;

  PullRequestStory(WorkTree tree, Workplace at, Formatters formatters, int number) {
    this.tree = tree;
    this.at = at;
    this.formatters = formatters;
    this.number = number;
    this.random = at.random;
  }

  /**
   * A pull request and what is in it.
   *
   * @param mainBefore the default branch's tip just before the merge
   */
  record Merged(PullRequest pull, String mainBefore, List<StoredFile> files) {}

  Merged play(List<SourceFile> sources, String developer, String repository) {
    List<StoredFile> files = files(sources);
    Instant merged = at.window.merged();
    for (StoredFile file : files) {
      tree.delete(file.path());
      if (file.before() != null) {
        tree.put(file.basePath(), file.before(), file.crlf());
      }
    }
    String base =
        tree.commit(
            "alice",
            merged.minus(5, ChronoUnit.HOURS),
            "Bring files to where change " + number + " starts");
    String branch = "change-" + number;
    tree.git.run("checkout", "-q", "-b", branch);
    // The same tree again as on main would make an empty commit; a forge has such branches too.
    files.forEach(file -> tree.put(file.basePath(), file.middle(), file.crlf()));
    tree.commit(developer, merged.minus(3, ChronoUnit.HOURS), "Start change " + number);
    for (StoredFile file : files) {
      if (!file.path().equals(file.basePath())) {
        tree.delete(file.basePath());
      }
      tree.put(file.path(), file.merged().text(), file.crlf());
    }
    String head =
        tree.commit(developer, merged.minus(2, ChronoUnit.HOURS), "Finish change " + number);
    tree.git.run("checkout", "-q", "main");
    if (random.nextInt(3) == 0) {
      tree.put("NOTES.txt", "Something else was merged before change " + number + "\n", false);
      tree.commit("carol", merged.minus(1, ChronoUnit.HOURS), "Note something else");
    }
    String mainBefore = tree.head();
    MergeMethod.pick(random).merge(tree.git, number, branch, merged);
    PullRequest pull =
        new PullRequest(
            number,
            "Change " + number,
            developer,
            merged.toString(),
            tree.head(),
            base,
            head,
            repository);
    at.save();
    return new Merged(pull, mainBefore, files);
  }

  private List<StoredFile> files(List<SourceFile> sources) {
    double share = number % PEOPLE_ONLY_EVERY == 0 ? 0 : CLAUDES_SHARE;
    List<StoredFile> out = new ArrayList<>();
    for (SourceFile source : sources) {
      out.add(new FileStory(at, formatters, source, share).play());
    }
    List<String> lines =
        sources.stream()
            .flatMap(s -> s.after().lines())
            .filter(line -> line.strip().length() > 5)
            .toList();
    if (number % NOTEBOOK_EVERY == 0 && share > 0 && lines.size() >= 2 * NOTEBOOK_LINES) {
      List<String> claude = cell(lines.subList(lines.size() - NOTEBOOK_LINES, lines.size()));
      List<String> person = cell(lines.subList(0, NOTEBOOK_LINES));
      out.add(new NotebookStory(at, "analysis/change_" + number + ".ipynb").play(claude, person));
    }
    return out;
  }

  /** Lines as they stand in a notebook, made of the words of others. */
  private List<String> cell(List<String> lines) {
    List<String> out = new ArrayList<>();
    for (String line : lines) {
      List<String> words = new ArrayList<>(Arrays.asList(line.split("[^A-Za-z]+", -1)));
      words.removeIf(String::isEmpty);
      String column = Tweaks.word(8, random);
      out.add(
          column + " = frame['" + String.join("_", words) + "'].mean() + " + random.nextInt(999));
    }
    return out;
  }
}

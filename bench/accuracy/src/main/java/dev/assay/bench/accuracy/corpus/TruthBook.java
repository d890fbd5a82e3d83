package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.PullRequestStory.Merged;
import dev.assay.bench.accuracy.git.AddedLine;
import dev.assay.bench.accuracy.git.Git;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.AuthoredText;
import dev.assay.bench.accuracy.text.Hands;
import dev.assay.bench.accuracy.text.Label;
import dev.assay.bench.accuracy.text.Label.Truth;
import dev.assay.bench.accuracy.text.LineText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The truth about exactly the lines that git's own diff of each merge adds. */
final class TruthBook {
  private final Git git;
  private final Archive archive;

  TruthBook(Git git, Archive archive) {
    this.git = git;
    this.archive = archive;
  }

  /**
   * Notes the lines of Claude's that a formatter brought in their final form; for all pull
   * requests, before any rows are asked for.
   */
  void note(Merged merged, Hands hands) {
    Instant when = Instant.parse(merged.pull().mergedAt());
    for (StoredFile file : merged.files()) {
      for (AuthoredLine line : file.merged().lines()) {
        Label label = Label.of(line, hands);
        if (label.truth() == Truth.CLAUDE && label.kind().matches(".*-(joined|split|near)")) {
          archive.added(file.claudePath(), when, line.text());
        }
      }
    }
  }

  /** The rows of one pull request; to be asked when all of them are merged. */
  List<dev.assay.bench.accuracy.corpus.Truth> rows(Merged merged, Hands hands) {
    Map<String, StoredFile> files = new HashMap<>();
    merged.files().forEach(file -> files.put(file.path(), file));
    List<AddedLine> diff = AddedLine.between(git, merged.mainBefore(), merged.pull().mergeCommit());
    Map<String, Set<String>> removed = new HashMap<>();
    for (AddedLine line : diff) {
      if (line.removed()) {
        removed
            .computeIfAbsent(line.path(), p -> new HashSet<>())
            .add(LineText.normalise(line.text()));
      }
    }
    Times window = new Times(Instant.parse(merged.pull().mergedAt()));
    Map<String, Set<String>> twins = new HashMap<>();
    List<dev.assay.bench.accuracy.corpus.Truth> out = new ArrayList<>();
    for (AddedLine line : diff) {
      if (line.removed()) {
        continue;
      }
      StoredFile file = known(files, line, merged);
      Set<String> standing =
          twins.computeIfAbsent(
              file.path(),
              p ->
                  archive.standing(
                      new HashSet<>(List.of(file.path(), file.basePath(), file.claudePath())),
                      window));
      Label label = label(line, file, hands, standing, removed.getOrDefault(file.path(), Set.of()));
      out.add(
          new dev.assay.bench.accuracy.corpus.Truth(
              merged.pull().number(),
              line.path(),
              line.number(),
              label.truth().word(),
              label.kind(),
              label.reason(),
              label.truth() != Truth.EXCLUDED && LineText.effective(line.text()),
              line.text()));
    }
    return out;
  }

  private static StoredFile known(Map<String, StoredFile> files, AddedLine line, Merged merged) {
    StoredFile file = files.get(line.path());
    AuthoredText text = file == null ? new AuthoredText(List.of(), true) : file.merged();
    boolean same =
        line.number() <= text.lines().size()
            && text.lines().get(line.number() - 1).text().equals(line.text());
    if (file == null || !same) {
      throw new IllegalStateException(
          "pull request " + merged.pull().number() + ": git and the bookkeeping differ at " + line);
    }
    return file;
  }

  private static Label label(
      AddedLine line, StoredFile file, Hands hands, Set<String> standing, Set<String> removed) {
    List<AuthoredLine> lines = file.merged().lines();
    Label label = Label.of(lines.get(line.number() - 1), hands);
    if (line.text().length() > LineText.LIMIT_CHARS
        || Exclusions.excludes(file.path(), lines.stream().map(AuthoredLine::text).toList())) {
      return new Label(Truth.EXCLUDED, label.kind(), "");
    }
    String text = LineText.normalise(line.text());
    if (label.truth() == Truth.CLAUDE && removed.contains(text)) {
      return new Label(Truth.UNJUDGED, label.kind(), "equals a line that the change removes");
    }
    if (label.truth() == Truth.HUMAN
        && LineText.effective(line.text())
        && standing.stream().anyMatch(twin -> LineText.near(text, twin))) {
      return new Label(
          Truth.UNJUDGED, label.kind(), "Claude wrote nearly the same line in this file");
    }
    return label;
  }
}

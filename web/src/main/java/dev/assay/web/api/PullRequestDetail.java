package dev.assay.web.api;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.receiver.forge.GitException;
import dev.assay.store.Store;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.ChangeSummary;
import dev.assay.web.api.PullRequestItem.Detail;
import dev.assay.web.api.PullRequestItem.Evidence;
import dev.assay.web.api.PullRequestItem.FileView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one change together: the verdicts from the store, the text from git. Where the text cannot
 * be had, the verdicts are shown without it.
 */
final class PullRequestDetail {
  /** Rows in one answer, about 4 MB; the files after that come without theirs. */
  static final int MAX_ROWS = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(PullRequestDetail.class);

  private final Store store;
  private final DiffSource diffs;

  PullRequestDetail(Store store, DiffSource diffs) {
    this.store = store;
    this.diffs = diffs;
  }

  Detail of(ChangeSummary summary) {
    Change change = summary.change();
    List<Verdict> verdicts =
        store.changes().attribution(change.key()).map(Attribution::verdicts).orElse(List.of());
    Map<String, List<Verdict>> byPath =
        verdicts.stream()
            .collect(groupingBy(Verdict::path, LinkedHashMap::new, Collectors.toList()));
    Text text = text(change);
    Files files = new Files(change, byPath, text);
    return new Detail(
        PullRequestItem.of(summary),
        counted(verdicts, v -> v.effective() && v.assisted(), Verdict::strategy),
        counted(verdicts, v -> v.effective() && !v.assisted(), Verdict::reason),
        evidence(verdicts, change.mergedAt()),
        text.unavailable(),
        files.cut,
        files.views);
  }

  private List<Evidence> evidence(List<Verdict> verdicts, Instant mergedAt) {
    Map<String, Long> vouched = counted(verdicts, Verdict::assisted, Verdict::toolUseId);
    return store.edits().withoutLines(vouched.keySet(), mergedAt).stream()
        .sorted(Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId))
        .map(
            edit ->
                new Evidence(
                    edit.toolUseId(),
                    edit.sessionId(),
                    edit.user(),
                    edit.time(),
                    edit.tool(),
                    edit.path(),
                    vouched.getOrDefault(edit.toolUseId(), 0L)))
        .toList();
  }

  private static Map<String, Long> counted(
      List<Verdict> verdicts, Predicate<Verdict> which, Function<Verdict, @Nullable String> by) {
    return verdicts.stream()
        .filter(which)
        .map(by)
        .filter(Objects::nonNull)
        .collect(groupingBy(Objects::requireNonNull, TreeMap::new, counting()));
  }

  private Text text(Change change) {
    try {
      Optional<ChangeDiff> diff = diffs.diff(change);
      return diff.isPresent()
          ? new Text(diff, null)
          : new Text(
              diff,
              "No checkout of "
                  + change.repository()
                  + " with this commit is known here, so the"
                  + " lines stand without their text.");
    } catch (GitException e) {
      LOG.warn("The diff of {} cannot be read: {}", change.key(), e.getMessage());
      return new Text(
          Optional.empty(), "The repository cannot be read at the moment: " + e.getMessage());
    }
  }

  private Optional<List<String>> fileAfter(Change change, String path) {
    try {
      return diffs.fileAfter(change, path);
    } catch (GitException e) {
      LOG.warn("{} of {} cannot be read: {}", path, change.key(), e.getMessage());
      return Optional.empty();
    }
  }

  private record Text(Optional<ChangeDiff> diff, @Nullable String unavailable) {}

  /** The files of one change, as long as there is room for their rows. */
  private final class Files {
    private final List<FileView> views = new ArrayList<>();
    private int rows;
    private boolean cut;

    Files(Change change, Map<String, List<Verdict>> byPath, Text text) {
      if (text.diff().isPresent()) {
        for (FileDiff file : text.diff().get().files()) {
          add(change, file, byPath.getOrDefault(file.path(), List.of()));
        }
      } else {
        byPath.forEach(this::add);
      }
    }

    private void add(Change change, FileDiff file, List<Verdict> verdicts) {
      List<DiffRows.Row> shown = List.of();
      if (!file.binary() && room(file.added().size() + file.removed().size())) {
        Map<Integer, Verdict> byLine =
            verdicts.stream().collect(Collectors.toMap(Verdict::line, v -> v, (a, b) -> a));
        shown = DiffRows.of(file, byLine, fileAfter(change, file.path()));
      }
      view(
          file.path(),
          file.oldPath(),
          file.binary(),
          file.added().size(),
          file.removed().size(),
          verdicts,
          shown);
    }

    private void add(String path, List<Verdict> verdicts) {
      List<DiffRows.Row> shown = room(verdicts.size()) ? DiffRows.withoutText(verdicts) : List.of();
      view(path, null, false, verdicts.size(), 0, verdicts, shown);
    }

    private void view(
        String path,
        @Nullable String oldPath,
        boolean binary,
        int added,
        int removed,
        List<Verdict> verdicts,
        List<DiffRows.Row> shown) {
      rows += shown.size();
      views.add(
          new FileView(
              path,
              oldPath,
              binary,
              added,
              removed,
              verdicts.stream().filter(Verdict::effective).count(),
              verdicts.stream().filter(v -> v.effective() && v.assisted()).count(),
              shown));
    }

    private boolean room(int wanted) {
      if (rows + wanted > MAX_ROWS) {
        cut = true;
        return false;
      }
      return true;
    }
  }
}

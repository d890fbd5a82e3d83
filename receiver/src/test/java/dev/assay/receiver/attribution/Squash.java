package dev.assay.receiver.attribution;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a {@link History} looks like where it is merged: the base tree, and git's diff. */
final class Squash {
  private static final List<String> OTHERS = List.of("lib/A.java", "lib/B.java", "lib/C.java");

  final ChangeDiff diff;
  final BaseTree base;
  private final Map<String, WorkingFile> files = new HashMap<>();

  Squash(History history) {
    Scene tree = new Scene();
    OTHERS.forEach(path -> tree.base(path, Words.IMPORT));
    List<ChangeDiff.FileDiff> diffs = new ArrayList<>();
    for (WorkingFile file : history.files) {
      files.put(file.path, file);
      String old = file.basePath;
      if (old != null) {
        tree.base(old, file.base.toArray(String[]::new));
      }
      if (old == null || old.equals(file.path)) {
        diffs.add(diff(file.path, null, file.base, file.lines()));
      } else if (file.recognised()) {
        diffs.add(diff(file.path, old, file.base, file.lines()));
      } else {
        diffs.add(diff(file.path, null, List.of(), file.lines()));
        diffs.add(diff(old, null, file.base, List.of()));
      }
    }
    diffs.removeIf(d -> d.added().isEmpty() && d.removed().isEmpty());
    diff = new ChangeDiff(diffs);
    base = new Committed(tree.tree(), Set.copyOf(history.committed));
  }

  WorkingFile file(String path) {
    WorkingFile file = files.get(path);
    if (file == null) {
      throw new AssertionError(path + " has no lines");
    }
    return file;
  }

  private record Committed(BaseTree tree, Set<String> paths) implements BaseTree {
    @Override
    public int filesWith(long line) {
      return tree.filesWith(line);
    }

    @Override
    public int timesIn(String path, long line) {
      return tree.timesIn(path, line);
    }

    @Override
    public boolean committed(String path) {
      return tree.committed(path) || paths.contains(path);
    }
  }

  private static ChangeDiff.FileDiff diff(
      String path,
      @org.jspecify.annotations.Nullable String old,
      List<String> base,
      List<String> after) {
    List<ChangeDiff.DiffLine> added = new ArrayList<>();
    List<ChangeDiff.DiffLine> removed = new ArrayList<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(base, after).getDeltas()) {
      int number = delta.getTarget().getPosition();
      for (String line : delta.getTarget().getLines()) {
        added.add(new ChangeDiff.DiffLine(++number, line));
      }
      number = delta.getSource().getPosition();
      for (String line : delta.getSource().getLines()) {
        removed.add(new ChangeDiff.DiffLine(++number, line));
      }
    }
    return new ChangeDiff.FileDiff(
        path, old, false, after.stream().limit(10).toList(), added, removed);
  }
}

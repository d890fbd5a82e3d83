package dev.assay.store.embedded;

import dev.assay.bench.lines.Lines;
import dev.assay.bench.lines.Made;
import dev.assay.proto.line.NormalisedLine;
import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * All that the store's index does: it is given edits, as after a commit, and is asked for the edits
 * that added some lines, as attribution asks. Lines are normalised and hashed, edits are kept and
 * read again, windows are begun.
 */
public final class WholeIndex implements Lines {
  private static final long LOOK_BACK_MICROS = 25L * 24 * 60 * 60 * 1_000_000;

  private final LineWindows windows;
  private final Made made;
  private final List<EditFact> prepared = new ArrayList<>();

  /** Begins one in a folder, for about so many lines. */
  public WholeIndex(Path folder, long lines) {
    windows = new LineWindows(folder);
    made = new Made(lines);
  }

  @Override
  public String name() {
    return "line index, all of it";
  }

  private EditFact edit(long number) {
    return new EditFact(
        Made.id(number),
        Made.session(number),
        null,
        made.time(number),
        "Edit",
        List.of(Made.REPOSITORY),
        Made.path(number),
        EDIT,
        0,
        Made.lines(number),
        false,
        false);
  }

  @Override
  public void prepare(long from, long to) {
    prepared.clear();
    for (long edit = (from + EDIT - 1) / EDIT; edit * EDIT < to; edit++) {
      prepared.add(edit(edit));
    }
  }

  @Override
  public void put(long from, long to) throws IOException {
    for (EditFact edit : prepared) {
      windows.create(LineWindow.number(Join.micros(edit.time())));
      windows.add(edit, Set.of());
    }
    windows.measure();
  }

  /** Asks for the 25 days that attribution looks back, with lines as attribution has them. */
  @Override
  public Callable<Integer> question(long[] lines) {
    Set<String> wanted = new HashSet<>();
    Set<String> ids = new HashSet<>();
    long oldest = Long.MAX_VALUE;
    for (long line : lines) {
      wanted.add(NormalisedLine.of(Made.text(line)).text());
      if (line % EDIT == 0) {
        ids.add(Made.id(line / EDIT));
      }
      oldest = Math.min(oldest, line / EDIT);
    }
    long from = Join.micros(made.time(oldest));
    return () -> find(wanted, ids, from);
  }

  private int find(Set<String> wanted, Set<String> ids, long from) throws IOException {
    int found = 0;
    for (EditFact edit :
        windows.withLines(List.of(Made.REPOSITORY), wanted, from, from + LOOK_BACK_MICROS)) {
      found += ids.contains(edit.toolUseId()) ? EDIT : 0;
    }
    return found;
  }

  @Override
  public void force() throws IOException {
    windows.clean(1);
  }

  @Override
  public void close() {
    windows.close();
  }
}

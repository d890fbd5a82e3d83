package dev.assay.store.embedded;

import dev.assay.bench.lines.Lines;
import dev.assay.bench.lines.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The index's table alone: a {@link HashFile} that is handed keys, as its rivals are. */
public final class IndexTable implements Lines {
  private final HashFile file;

  /** Begins one in a folder. */
  public IndexTable(Path folder) throws IOException {
    file =
        HashFile.create(folder.resolve("some.lines"), LineWindow.LIMIT_POSTINGS, new PendingRoom());
  }

  @Override
  public String name() {
    return "line index, its table";
  }

  private static HashFile.Key key(long line) {
    return new HashFile.Key(Numbers.keyHigh(line), Numbers.keyLow(line));
  }

  @Override
  public void put(long from, long to) throws IOException {
    for (long line = from; line < to; line++) {
      file.add(key(line), Numbers.second(line / EDIT), Numbers.edit(line / EDIT));
    }
  }

  @Override
  public Callable<Integer> question(long[] lines) {
    return () -> find(lines);
  }

  private int find(long[] lines) {
    long[] postings = new long[LineWindow.LIMIT_POSTINGS * HashFile.VALUE_LONGS];
    int found = 0;
    for (long line : lines) {
      if (file.find(key(line), postings) == 1 && postings[1] == Numbers.edit(line / EDIT)) {
        found++;
      }
    }
    return found;
  }

  @Override
  public void force() throws IOException {
    file.force();
  }

  @Override
  public void close() {
    file.close();
  }
}

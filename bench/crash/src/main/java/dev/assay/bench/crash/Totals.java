package dev.assay.bench.crash;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/** What is counted over all batches. */
final class Totals {
  long kills;
  long acknowledged;
  long lost;

  /** Starts that took longer than they may. */
  long late;

  /** The number of the next edit. */
  long next;

  private long starts;
  private long slowestMillis;
  private long slowestWholeMillis;

  /** What a file has; nothing yet, where it is not there. */
  static Totals kept(Path file) throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      }
    }
    Totals totals = new Totals();
    totals.kills = number(kept, "kills");
    totals.acknowledged = number(kept, "acknowledged");
    totals.lost = number(kept, "lost");
    totals.late = number(kept, "late");
    totals.next = number(kept, "next");
    totals.starts = number(kept, "starts");
    totals.slowestMillis = number(kept, "slowest");
    totals.slowestWholeMillis = number(kept, "slowest.whole");
    return totals;
  }

  private static long number(Properties kept, String name) {
    return Long.parseLong(kept.getProperty(name, "0"));
  }

  void keep(Path file) throws IOException {
    Properties kept = new Properties();
    kept.setProperty("kills", Long.toString(kills));
    kept.setProperty("acknowledged", Long.toString(acknowledged));
    kept.setProperty("lost", Long.toString(lost));
    kept.setProperty("late", Long.toString(late));
    kept.setProperty("next", Long.toString(next));
    kept.setProperty("starts", Long.toString(starts));
    kept.setProperty("slowest", Long.toString(slowestMillis));
    kept.setProperty("slowest.whole", Long.toString(slowestWholeMillis));
    StringWriter out = new StringWriter();
    kept.store(out, null);
    Whole.write(file, out.toString());
  }

  void ready(long millis, long limitMillis) {
    starts++;
    slowestMillis = Math.max(slowestMillis, millis);
    late += millis > limitMillis ? 1 : 0;
  }

  void whole(long millis) {
    slowestWholeMillis = Math.max(slowestWholeMillis, millis);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%d kills, %d acknowledged, %d lost or twice; %d starts, slowest ready after %d ms (%d later"
            + " than 10 s), slowest with its index whole after %d ms",
        kills,
        acknowledged,
        lost,
        starts,
        slowestMillis,
        late,
        slowestWholeMillis);
  }
}

package dev.assay.bench.year;

import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the year through the store's own door, day after day. A run that was ended goes on with
 * the day that it was at: the facts of a day have the same keys each time, so that they count once.
 */
final class Generate {
  private static final int COMMIT = 20_000;

  /** Facts are made more slowly than this brings them. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Shape shape;
  private final Store store;
  private final Path done;
  private long observations;
  private long changes;

  Generate(Shape shape, Store store, Path data) {
    this.shape = shape;
    this.store = store;
    this.done = data.resolve("days-written");
  }

  void run() throws IOException, StoreUnavailableException {
    int first = Files.exists(done) ? Integer.parseInt(Files.readString(done).strip()) : 0;
    long begun = System.nanoTime();
    for (int day = first; day < shape.days(); day++) {
      write(day);
      Files.writeString(done, Integer.toString(day + 1));
      if (day % 10 == 9 || day == shape.days() - 1) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
            "%s (%d of %d): %,d observations, %,d pull requests, %.0f s, %,.0f observations/s%n",
            shape.day(day),
            day + 1,
            shape.days(),
            observations,
            changes,
            seconds,
            observations / seconds);
      }
    }
  }

  private void write(int day) throws StoreUnavailableException {
    List<Observation> told = new ArrayList<>();
    for (int developer = 0; developer < shape.developers(); developer++) {
      new WorkDay(shape, day, developer, told::add).tell();
    }
    for (int i = 0; i < told.size(); i += COMMIT) {
      store.commit(told.subList(i, Math.min(told.size(), i + COMMIT)), PATIENCE);
    }
    observations += told.size();
    changes += new Merges(shape, day).tell(store.changes());
  }
}

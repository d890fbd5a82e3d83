package dev.assay.bench.attribution;

import java.io.IOException;
import java.util.List;

/** What pull requests of one kind cost with one size of the index. */
final class Row {
  /** So that a median of two is not called one. */
  private static final int LEAST_ROUNDS = 3;

  final long indexed;
  final String kind;
  final Samples process = new Samples();
  final Samples warm = new Samples();
  final Samples read = new Samples();
  final Samples version = new Samples();
  final Samples base = new Samples();
  final Samples edits = new Samples();
  final Samples choose = new Samples();
  final Samples judge = new Samples();
  final Samples store = new Samples();
  final Samples attribution = new Samples();
  final Samples all = new Samples();

  Row(long indexed, String kind) {
    this.indexed = indexed;
    this.kind = kind;
  }

  /**
   * Measures in turns, one pull request after the other: git, and us.
   *
   * @param seconds how long; at least three rounds
   */
  void measure(List<Pull> pulls, GitDiff git, Engine engine, double seconds) throws IOException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < end; round++) {
      for (Pull pull : pulls) {
        process.add(git.process(pull));
        warm.add(git.warm(pull));
        Phases phases = engine.attribute(pull);
        read.add(phases.read());
        version.add(phases.version());
        base.add(phases.base());
        edits.add(phases.edits());
        choose.add(phases.choose());
        judge.add(phases.judge());
        store.add(phases.store());
        attribution.add(phases.attribution());
        all.add(phases.all());
        if (round >= LEAST_ROUNDS && System.nanoTime() > end) {
          return;
        }
      }
    }
  }
}

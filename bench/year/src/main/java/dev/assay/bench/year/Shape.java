package dev.assay.bench.year;

import java.time.LocalDate;

/**
 * What the year is made of. The same shape gives the same facts.
 *
 * @param developers who work
 * @param days how many, weekends included (on which one of ten works)
 * @param last the last of them
 * @param volume how many times the facts of an ordinary session each session has; 1 is ordinary.
 *     Sessions, people, days, and pull requests stay as many, so that the sums are of full size
 * @param nativePercent of the developers export Claude Code's own counters too
 */
record Shape(
    int developers, int days, LocalDate last, double volume, int nativePercent, long seed) {
  static final int REPOSITORIES_PER_100 = 20;

  int repositories() {
    return Math.max(4, developers * REPOSITORIES_PER_100 / 100);
  }

  LocalDate day(int index) {
    return last.minusDays(days - 1L - index);
  }

  String user(int developer) {
    return "developer" + developer + "@acme.example";
  }

  String repository(int number) {
    return "github.com/acme/service-" + Math.floorMod(number, repositories());
  }
}

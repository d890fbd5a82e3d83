package dev.assay.receiver.interpret;

import dev.assay.store.fact.MetricSample;
import dev.assay.store.join.SampleJoin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the series that send points on one day (UTC, by the receiver's clock) or since the
 * server's start, if that was later: an exporter that puts something new into an attribute of each
 * point would else fill the disk. Series that are known already go on.
 */
final class SeriesLimit {
  private static final int FIRST_SLOTS = 1 << 10;

  private final int limit;

  /** Hashes of series, each at the first free place from its own on; 0 is a free place. */
  private long[] slots = new long[FIRST_SLOTS];

  private int series;
  private @Nullable LocalDate day;

  /**
   * @param limit series of a day; each takes 16 to 32 bytes of memory
   */
  SeriesLimit(int limit) {
    this.limit = limit;
  }

  /**
   * Whether all of a point's samples may be kept; where not, none of their series counts.
   *
   * @param now the receiver's clock
   */
  boolean admits(List<MetricSample> samples, Instant now) {
    return admits(
        samples.stream().mapToLong(SeriesLimit::hash).distinct().toArray(),
        LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  private synchronized boolean admits(long[] hashes, LocalDate today) {
    if (!today.equals(day)) { // also where the clock was set back
      day = today;
      slots = new long[FIRST_SLOTS];
      series = 0;
    }
    int fresh = 0;
    for (long hash : hashes) {
      fresh += slots[place(hash)] == 0 ? 1 : 0;
    }
    if (fresh > limit - series) {
      return false;
    }
    for (long hash : hashes) {
      add(hash);
    }
    return true;
  }

  private void add(long hash) {
    int place = place(hash);
    if (slots[place] != 0) {
      return;
    }
    slots[place] = hash;
    series++;
    if (series > slots.length / 2) {
      long[] before = slots;
      slots = new long[before.length * 2];
      for (long known : before) {
        if (known != 0) {
          slots[place(known)] = known;
        }
      }
    }
  }

  private int place(long hash) {
    int mask = slots.length - 1;
    int place = (int) hash & mask;
    while (slots[place] != 0 && slots[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Of a hash that the store makes too; that two series share it costs one of them its place. */
  private static long hash(MetricSample sample) {
    long hash = Long.parseUnsignedLong(SampleJoin.of(sample).series(), 0, 16, 16);
    return hash == 0 ? 1 : hash;
  }
}

package dev.assay.store.embedded;

import dev.assay.store.fact.MetricSample;
import dev.assay.store.join.SampleJoin;
import java.sql.SQLException;

/** Samples of counters. */
final class SampleTable extends FactTable<MetricSample, SampleJoin> {
  /** Samples that are kept in memory: less than 1 KiB each. */
  private static final int RECENT = 20_000;

  private final Days days;

  SampleTable(Days days, KeyRoom room) {
    super(MetricSample.class, "samples", "key", RECENT, room);
    this.days = days;
  }

  @Override
  SampleJoin of(MetricSample observation) {
    return SampleJoin.of(observation);
  }

  @Override
  SampleJoin join(SampleJoin a, SampleJoin b) {
    return a.join(b);
  }

  @Override
  String key(SampleJoin fact) {
    return fact.series() + ' ' + fact.timeMicros();
  }

  @Override
  SampleJoin read(RowIn row) throws SQLException {
    row.skip();
    String series = row.text();
    long time = row.number();
    Long start = row.numberOrNull();
    String name = row.text();
    String unit = row.text();
    String session = row.textOrNull();
    String user = row.textOrNull();
    boolean cumulative = row.flag();
    SampleJoin.Labels labels =
        new SampleJoin.Labels(
            row.textOrNull(),
            row.textOrNull(),
            row.textOrNull(),
            row.textOrNull(),
            row.textOrNull(),
            row.textOrNull(),
            row.textOrNull());
    return new SampleJoin(
        series, time, start, name, unit, labels, session, user, cumulative, row.real());
  }

  @Override
  void touch(Transaction tx, SampleJoin fact) {
    int day = days.of(fact.timeMicros());
    if (fact.sessionId() == null) {
      tx.touchNameless(fact.userName(), day);
    } else {
      tx.touch(fact.sessionId(), day);
    }
  }

  @Override
  void write(RowOut row, SampleJoin fact) throws SQLException {
    SampleJoin.Labels labels = fact.labels();
    row.text(key(fact))
        .text(fact.series())
        .number(fact.timeMicros())
        .number(fact.startMicros())
        .text(fact.name())
        .text(fact.unit())
        .text(fact.sessionId())
        .text(fact.userName())
        .flag(fact.cumulative())
        .text(labels.type())
        .text(labels.model())
        .text(labels.toolName())
        .text(labels.decision())
        .text(labels.source())
        .text(labels.language())
        .text(labels.startType())
        .real(fact.value())
        .integer(days.of(fact.timeMicros()));
  }
}

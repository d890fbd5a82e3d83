package dev.assay.store.embedded;

import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.join.ExporterJoin;
import java.sql.SQLException;

/** Who exports here. */
final class ExporterTable extends FactTable<ExporterSeen, ExporterJoin> {
  /** Exporters that are kept in memory: less than 1 KiB each. */
  private static final int RECENT = 20_000;

  ExporterTable(KeyRoom room) {
    super(ExporterSeen.class, "exporters", "key", RECENT, room);
  }

  @Override
  ExporterJoin of(ExporterSeen observation) {
    return ExporterJoin.of(observation);
  }

  @Override
  ExporterJoin join(ExporterJoin a, ExporterJoin b) {
    return a.join(b);
  }

  @Override
  String key(ExporterJoin fact) {
    return fact.serviceName() + ' ' + fact.instanceId();
  }

  @Override
  String keyOf(ExporterSeen observation) {
    return observation.serviceName() + ' ' + observation.instanceId();
  }

  @Override
  ExporterJoin read(RowIn row) throws SQLException {
    row.skip();
    return new ExporterJoin(
        row.text(),
        row.text(),
        row.number(),
        row.rankedText(),
        row.rankedText(),
        row.rankedNumber());
  }

  @Override
  void write(RowOut row, ExporterJoin fact) throws SQLException {
    row.text(key(fact))
        .text(fact.serviceName())
        .text(fact.instanceId())
        .number(fact.lastMicros())
        .rankedText(fact.version())
        .rankedText(fact.host())
        .rankedNumber(fact.clockSkewMillis());
  }
}

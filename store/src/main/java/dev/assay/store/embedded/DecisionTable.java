package dev.assay.store.embedded;

import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.join.Claim;
import dev.assay.store.join.DecisionJoin;
import dev.assay.store.join.Ranked;
import java.sql.SQLException;
import java.util.Objects;

/** Decisions. The last columns are made from the others, for the figures. */
final class DecisionTable extends FactTable<DecisionObservation, DecisionJoin> {
  /** Decisions that are kept in memory: less than 1 KiB each. */
  private static final int RECENT = 20_000;

  private final Days days;

  DecisionTable(Days days, KeyRoom room) {
    super(DecisionObservation.class, "decisions", "tool_use_id", RECENT, room);
    this.days = days;
  }

  @Override
  DecisionJoin of(DecisionObservation observation) {
    return DecisionJoin.of(observation);
  }

  @Override
  DecisionJoin join(DecisionJoin a, DecisionJoin b) {
    return a.join(b);
  }

  @Override
  String key(DecisionJoin fact) {
    return fact.toolUseId();
  }

  @Override
  String keyOf(DecisionObservation observation) {
    return observation.toolUseId();
  }

  @Override
  DecisionJoin read(RowIn row) throws SQLException {
    String toolUseId = row.text();
    Claim claim = row.claim();
    Ranked<Long> time = row.rankedNumber();
    Ranked<String> tool = Objects.requireNonNull(row.rankedText());
    Ranked<Outcome> outcome = new Ranked<>(Outcome.valueOf(row.text()), row.number());
    return new DecisionJoin(
        toolUseId,
        claim,
        time,
        tool,
        outcome,
        row.rankedText(),
        row.rankedText(),
        row.rankedText());
  }

  @Override
  void touch(Transaction tx, DecisionJoin fact) {
    tx.touch(fact.claim().sessionId(), days.of(fact.time().value()));
  }

  @Override
  void write(RowOut row, DecisionJoin fact) throws SQLException {
    row.text(fact.toolUseId())
        .claim(fact.claim())
        .rankedNumber(fact.time())
        .rankedText(fact.tool())
        .text(fact.ranked().value().name())
        .number(fact.ranked().rank())
        .rankedText(fact.acceptedBy())
        .rankedText(fact.refusedBy())
        .rankedText(fact.language())
        .integer(days.of(fact.time().value()))
        .flag(fact.byUser());
  }
}

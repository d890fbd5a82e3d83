package dev.assay.store.embedded;

import dev.assay.store.fact.GitObservation;
import dev.assay.store.join.GitJoin;
import java.sql.SQLException;

/** Commits, pushes and pull requests that Claude Code made. */
final class GitTable extends FactTable<GitObservation, GitJoin> {
  /** Operations that are kept in memory: less than 1 KiB each. */
  private static final int RECENT = 2_000;

  private final Days days;

  GitTable(Days days, KeyRoom room) {
    super(GitObservation.class, "git_operations", "key", RECENT, room);
    this.days = days;
  }

  @Override
  GitJoin of(GitObservation observation) {
    return GitJoin.of(observation);
  }

  @Override
  GitJoin join(GitJoin a, GitJoin b) {
    return a.join(b);
  }

  @Override
  String key(GitJoin fact) {
    return fact.toolUseId() + ' ' + fact.operation();
  }

  @Override
  String keyOf(GitObservation observation) {
    return observation.toolUseId() + ' ' + observation.operation();
  }

  @Override
  GitJoin read(RowIn row) throws SQLException {
    row.skip();
    return new GitJoin(
        row.text(),
        GitObservation.Operation.valueOf(row.text()),
        row.claim(),
        row.rankedNumber(),
        row.texts(),
        row.rankedText(),
        row.rankedText(),
        row.rankedText());
  }

  @Override
  void touch(Transaction tx, GitJoin fact) {
    tx.touch(fact.claim().sessionId(), days.of(fact.time().value()));
  }

  @Override
  void write(RowOut row, GitJoin fact) throws SQLException {
    row.text(key(fact))
        .text(fact.toolUseId())
        .text(fact.operation().name())
        .claim(fact.claim())
        .rankedNumber(fact.time())
        .texts(fact.repositories())
        .rankedText(fact.branch())
        .rankedText(fact.revision())
        .rankedText(fact.pullRequestUrl())
        .integer(days.of(fact.time().value()));
  }
}

package dev.assay.store.embedded;

import dev.assay.store.fact.SessionObservation;
import dev.assay.store.join.SessionJoin;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Sessions. */
final class SessionTable extends FactTable<SessionObservation, SessionJoin> {
  /** Sessions that are kept in memory: about 1 KiB each. */
  private static final int RECENT = 20_000;

  SessionTable(KeyRoom room) {
    super(SessionObservation.class, "sessions", "session_id", RECENT, room);
  }

  @Override
  SessionJoin of(SessionObservation observation) {
    return SessionJoin.of(observation);
  }

  @Override
  SessionJoin join(SessionJoin a, SessionJoin b) {
    return a.join(b);
  }

  @Override
  String key(SessionJoin fact) {
    return fact.sessionId();
  }

  @Override
  String keyOf(SessionObservation observation) {
    return observation.sessionId();
  }

  @Override
  SessionJoin read(RowIn row) throws SQLException {
    return new SessionJoin(
        row.text(),
        row.number(),
        row.number(),
        row.flag(),
        new SessionJoin.Person(
            row.rankedText(),
            row.rankedText(),
            row.rankedText(),
            row.rankedText(),
            row.rankedText(),
            row.rankedText()),
        row.rankedText(),
        row.rankedText(),
        row.rankedText(),
        row.rankedFlag(),
        row.rankedText(),
        row.rankedText());
  }

  /** Its days are known where it did something; the day on which it was last seen is UTC's. */
  @Override
  void touch(Transaction tx, SessionJoin fact) {
    tx.touch(fact.sessionId(), (int) TimeUnit.MICROSECONDS.toDays(fact.lastMicros()));
  }

  @Override
  void write(RowOut row, SessionJoin fact) throws SQLException {
    SessionJoin.Person person = fact.person();
    row.text(fact.sessionId())
        .number(fact.firstMicros())
        .number(fact.lastMicros())
        .flag(fact.own())
        .rankedText(person.email())
        .rankedText(person.accountId())
        .rankedText(person.apiKeyName())
        .rankedText(person.gitEmail())
        .rankedText(person.endUserId())
        .rankedText(person.installId())
        .rankedText(fact.terminalType())
        .rankedText(fact.entrypoint())
        .rankedText(fact.accountKind())
        .rankedFlag(fact.remote())
        .rankedText(fact.clientVersion())
        .rankedText(fact.host());
  }
}

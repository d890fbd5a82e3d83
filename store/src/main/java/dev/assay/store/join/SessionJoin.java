package dev.assay.store.join;

import dev.assay.store.fact.Identity;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one session.
 *
 * @param firstMicros first time it was seen alive
 * @param lastMicros last time
 * @param own whether any source saw it do something of its own
 */
public record SessionJoin(
    String sessionId,
    long firstMicros,
    long lastMicros,
    boolean own,
    Person person,
    @Nullable Ranked<String> terminalType,
    @Nullable Ranked<String> entrypoint,
    @Nullable Ranked<String> accountKind,
    @Nullable Ranked<Boolean> remote,
    @Nullable Ranked<String> clientVersion,
    @Nullable Ranked<String> host) {

  /** What one observation says. */
  public static SessionJoin of(SessionObservation o) {
    long telemetry = Join.earliest(Join.telemetryFirst(o.source()), o.time());
    long agent = Join.earliest(Join.agentFirst(o.source()), o.time());
    long newest = Join.latest(Join.agentFirst(o.source()), o.time());
    long micros = Join.micros(o.time());
    return new SessionJoin(
        o.sessionId(),
        micros,
        micros,
        o.ownRecord(),
        Person.of(o.source(), o.time(), o.identity()),
        Ranked.of(o.terminalType(), telemetry),
        Ranked.of(o.entrypoint(), agent),
        Ranked.of(o.accountKind(), telemetry),
        Ranked.of(o.remote(), telemetry),
        Ranked.of(o.clientVersion(), newest),
        Ranked.of(o.host(), newest));
  }

  /** What both say together. */
  public SessionJoin join(SessionJoin other) {
    return new SessionJoin(
        sessionId,
        Math.min(firstMicros, other.firstMicros),
        Math.max(lastMicros, other.lastMicros),
        own || other.own,
        person.join(other.person),
        Ranked.best(terminalType, other.terminalType),
        Ranked.best(entrypoint, other.entrypoint),
        Ranked.best(accountKind, other.accountKind),
        Ranked.best(remote, other.remote),
        Ranked.best(clientVersion, other.clientVersion),
        Ranked.best(host, other.host));
  }

  /** Who is behind the session: each kind of name by itself, from all observations. */
  public record Person(
      @Nullable Ranked<String> email,
      @Nullable Ranked<String> accountId,
      @Nullable Ranked<String> apiKeyName,
      @Nullable Ranked<String> gitEmail,
      @Nullable Ranked<String> endUserId,
      @Nullable Ranked<String> installId) {

    static Person of(Source source, Instant time, Identity identity) {
      long rank = Join.earliest(Join.telemetryFirst(source), time);
      return new Person(
          Ranked.of(UserName.address(identity.email()), rank),
          Ranked.of(UserName.text(identity.accountId()), rank),
          Ranked.of(UserName.text(identity.apiKeyName()), rank),
          Ranked.of(UserName.address(identity.gitEmail()), rank),
          Ranked.of(UserName.text(identity.endUserId()), rank),
          Ranked.of(UserName.text(identity.installId()), rank));
    }

    Person join(Person other) {
      return new Person(
          Ranked.best(email, other.email),
          Ranked.best(accountId, other.accountId),
          Ranked.best(apiKeyName, other.apiKeyName),
          Ranked.best(gitEmail, other.gitEmail),
          Ranked.best(endUserId, other.endUserId),
          Ranked.best(installId, other.installId));
    }
  }
}

package dev.assay.receiver.interpret;

import dev.assay.store.fact.Identity;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The attributes that Claude Code puts on every event and data point. */
final class ClientAttributes {
  static final String SESSION_ID = "session.id";
  static final String MODEL = "model";
  static final String SOURCE = "source";
  static final String TOOL_NAME = "tool_name";
  static final String TOOL_USE_ID = "tool_use_id";
  static final String START_TYPE = "start_type";
  static final String AGENTS_VIEW = "agents_view";

  private ClientAttributes() {}

  static Identity identity(Attributes attributes) {
    String account = attributes.who("user.account_id");
    return new Identity(
        attributes.who("user.email"),
        account != null ? account : attributes.who("user.account_uuid"),
        null,
        null,
        attributes.who("enduser.id"),
        attributes.who("user.id"));
  }

  /** The session as its records tell of it, without a time. */
  static SessionObservation session(
      Source source, String sessionId, Attributes attributes, boolean ownRecord) {
    String version = attributes.who("app.version");
    Identity identity = identity(attributes);
    return new SessionObservation(
        source,
        Instant.EPOCH,
        sessionId,
        identity,
        attributes.who("terminal.type"),
        attributes.who("app.entrypoint"),
        accountKind(source, identity, attributes),
        null,
        version != null ? version : attributes.who("service.version"),
        attributes.who("host.name"),
        ownRecord);
  }

  /**
   * With an API key, or on a cloud's own endpoint, events name no account at all. One that does may
   * belong to a subscription or to the Console: that is not told. Metrics can be told to leave the
   * account out, so from them nothing follows.
   */
  private static @Nullable String accountKind(
      Source source, Identity identity, Attributes attributes) {
    boolean named =
        identity.email() != null
            || identity.accountId() != null
            || attributes.who("organization.id") != null;
    return source == Source.EVENT && !named ? "api" : null;
  }
}

package dev.assay.receiver.interpret;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.proto.line.NotebookLine;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.SignedLines;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of Assay's own agent. */
final class AgentEvents {
  /** Prefix of every event's name. */
  static final String PREFIX = "assay.";

  /** Remotes of one checkout. */
  static final int LIMIT_REPOSITORIES = 32;

  /** Parts of one edit: at 1 MiB each, more than any file that Claude Code can write. */
  static final int LIMIT_PARTS = 1024;

  /** Lines in one part: an empty line takes two bytes of a part's 1 MiB. */
  static final int LIMIT_LINES = 600_000;

  private final Prices prices;
  private final @Nullable SigningKey key;
  private final Tally tally;
  private final Sightings sightings;
  private final List<Observation> observations;

  AgentEvents(
      Prices prices,
      @Nullable SigningKey key,
      Tally tally,
      Sightings sightings,
      List<Observation> observations) {
    this.prices = prices;
    this.key = key;
    this.tally = tally;
    this.sightings = sightings;
    this.observations = observations;
  }

  void read(String event, Instant time, Attributes attributes, AnyValue body) throws BadRecord {
    Source source = source(attributes);
    Long startedAt = attributes.unixNanos(AssayAttributes.SESSION_STARTED_AT);
    SessionClaim session =
        new SessionClaim(
            attributes.required(AssayAttributes.SESSION_ID),
            startedAt == null ? null : Times.ofUnixNanos(startedAt));
    switch (event) {
      case AssayEvents.SESSION -> {
        // Said by the sighting below.
      }
      case AssayEvents.DECISION -> observations.add(decision(source, time, session, attributes));
      case AssayEvents.EDIT -> observations.add(edit(source, time, session, attributes, body));
      case AssayEvents.USAGE -> observations.add(usage(source, time, session, attributes));
      case AssayEvents.GIT -> observations.add(git(source, time, session, attributes));
      default ->
          throw new BadRecord(
              Reason.UNKNOWN_WORD, "an event of the agent that this version does not know");
    }
    sightings.session(
        source, time, true, attributes, () -> session(source, session.sessionId(), attributes));
  }

  /** The session as its records tell of it, without a time. */
  private static SessionObservation session(
      Source source, String sessionId, Attributes attributes) {
    return new SessionObservation(
        source,
        Instant.EPOCH,
        sessionId,
        new Identity(
            attributes.who(AssayAttributes.USER_EMAIL),
            null,
            null,
            attributes.who(AssayAttributes.GIT_EMAIL),
            attributes.who("enduser.id"),
            attributes.who(AssayAttributes.USER_ID)),
        null,
        attributes.who(AssayAttributes.SESSION_ENTRYPOINT),
        null,
        null,
        attributes.who(AssayAttributes.SESSION_CLIENT_VERSION),
        attributes.who(AssayAttributes.HOST_NAME),
        true);
  }

  /** Whether the agent has it from a hook or, as by default, from a transcript. */
  static Source source(Attributes attributes) throws BadRecord {
    String word = attributes.text(AssayAttributes.SOURCE);
    if (word == null || word.equals("transcript")) {
      return Source.TRANSCRIPT;
    }
    if (word.equals("hook")) {
      return Source.HOOK;
    }
    throw unknownWord(AssayAttributes.SOURCE);
  }

  private static DecisionObservation decision(
      Source source, Instant time, SessionClaim session, Attributes attributes) throws BadRecord {
    Outcome outcome =
        switch (attributes.required(AssayAttributes.DECISION_OUTCOME)) {
          case "accepted" -> Outcome.ACCEPTED;
          case "rejected" -> Outcome.REJECTED;
          case "blocked" -> Outcome.BLOCKED;
          case "none" -> Outcome.NONE;
          default -> throw unknownWord(AssayAttributes.DECISION_OUTCOME);
        };
    return new DecisionObservation(
        source,
        time,
        attributes.required(AssayAttributes.GEN_AI_TOOL_CALL_ID),
        session,
        attributes.required(AssayAttributes.GEN_AI_TOOL_NAME),
        outcome,
        attributes.text(AssayAttributes.DECISION_SOURCE),
        attributes.text(AssayAttributes.LANGUAGE));
  }

  private EditObservation edit(
      Source source, Instant time, SessionClaim session, Attributes attributes, AnyValue body)
      throws BadRecord {
    int parts = between(attributes, AssayAttributes.EDIT_PARTS, 1, 1, LIMIT_PARTS);
    int part = between(attributes, AssayAttributes.EDIT_PART, 0, 0, parts - 1);
    return new EditObservation(
        source,
        time,
        attributes.required(AssayAttributes.GEN_AI_TOOL_CALL_ID),
        session,
        attributes.required(AssayAttributes.GEN_AI_TOOL_NAME),
        attributes.texts(AssayAttributes.VCS_REPOSITORY_URL_FULL, LIMIT_REPOSITORIES),
        attributes.text(AssayAttributes.VCS_REF_HEAD_NAME),
        attributes.text(AssayAttributes.FILE_PATH),
        between(attributes, AssayAttributes.EDIT_LINES_ADDED, 0, 0, Integer.MAX_VALUE),
        between(attributes, AssayAttributes.EDIT_LINES_REMOVED, 0, 0, Integer.MAX_VALUE),
        lines(body, attributes),
        part,
        parts,
        Boolean.TRUE.equals(attributes.flag(AssayAttributes.EDIT_USER_MODIFIED)),
        false,
        attributes.text(AssayAttributes.EDIT_WITHHELD));
  }

  private @Nullable ByteString lines(AnyValue body, Attributes attributes) throws BadRecord {
    if (body.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET) {
      return null;
    }
    if (!body.hasBytesValue()) {
      throw new BadRecord(Reason.BAD_BODY, "the body of an edit is not bytes");
    }
    try {
      EditLines lines = EditLines.parseFrom(body.getBytesValue());
      long count = 0;
      for (Hunk hunk : lines.getHunksList()) {
        count += 1 + hunk.getAddedCount() + hunk.getRemovedCount();
      }
      for (SignedLines signed : lines.getSignedList()) {
        count += 1 + signed.getHashesCount();
      }
      if (count > LIMIT_LINES) {
        throw new BadRecord(Reason.TOO_MANY, "an edit of more than " + LIMIT_LINES + " lines");
      }
      return key == null || lines.getHunksCount() == 0
          ? body.getBytesValue()
          : signed(lines, key, attributes);
    } catch (InvalidProtocolBufferException e) {
      throw new BadRecord(Reason.BAD_BODY, "the body of an edit is no assay.v1.EditLines");
    }
  }

  /** In content mode {@code signature} no text is kept, whatever an agent sends. */
  private ByteString signed(EditLines lines, SigningKey by, Attributes attributes)
      throws BadRecord {
    tally.count(Reason.TEXT_SIGNED);
    String path = attributes.text(AssayAttributes.FILE_PATH);
    String tool = attributes.required(AssayAttributes.GEN_AI_TOOL_NAME);
    return by.sign(lines, path != null && NotebookLine.inEdit(path, tool)).toByteString();
  }

  private UsageObservation usage(
      Source source, Instant time, SessionClaim session, Attributes attributes) throws BadRecord {
    String messageId = attributes.text(AssayAttributes.GEN_AI_RESPONSE_ID);
    String requestId = attributes.text(AssayAttributes.REQUEST_ID);
    if (messageId == null && requestId == null) {
      throw new BadRecord(
          Reason.MISSING,
          "neither " + AssayAttributes.GEN_AI_RESPONSE_ID + " nor " + AssayAttributes.REQUEST_ID);
    }
    String model = attributes.required(AssayAttributes.GEN_AI_RESPONSE_MODEL);
    String speed = attributes.text(AssayAttributes.USAGE_SPEED);
    boolean fast = "fast".equals(speed);
    long writes1h = attributes.wholeOrZero(AssayAttributes.USAGE_CACHE_CREATION_1H_TOKENS);
    long writes5m = attributes.wholeOrZero(AssayAttributes.USAGE_CACHE_CREATION_5M_TOKENS);
    long writes = attributes.wholeOrZero(AssayAttributes.GEN_AI_USAGE_CACHE_CREATION_TOKENS);
    Prices.Tokens tokens =
        new Prices.Tokens(
            attributes.wholeOrZero(AssayAttributes.GEN_AI_USAGE_INPUT_TOKENS),
            attributes.wholeOrZero(AssayAttributes.GEN_AI_USAGE_OUTPUT_TOKENS),
            attributes.wholeOrZero(AssayAttributes.GEN_AI_USAGE_CACHE_READ_TOKENS),
            Math.max(writes, writes5m + writes1h),
            writes1h);
    BigDecimal cost = attributes.decimal(AssayAttributes.USAGE_COST_USD);
    if (cost != null && cost.signum() < 0) {
      throw new BadRecord(Reason.BAD_VALUE, AssayAttributes.USAGE_COST_USD + " is negative");
    }
    BigDecimal estimate =
        prices.estimate(
            model,
            time,
            tokens,
            new Prices.Terms(
                fast,
                "us".equals(attributes.text(AssayAttributes.USAGE_INFERENCE_GEO)),
                attributes.wholeOrZero(AssayAttributes.USAGE_WEB_SEARCH_REQUESTS)));
    if (cost == null && estimate == null) {
      tally.count(Reason.UNKNOWN_PRICE);
    }
    return new UsageObservation(
        source,
        time,
        messageId,
        requestId,
        session,
        model,
        tokens.input(),
        tokens.output(),
        tokens.cacheRead(),
        tokens.cacheCreation(),
        cost == null ? null : Prices.rounded(cost),
        estimate,
        fast ? speed : null,
        null,
        Boolean.TRUE.equals(attributes.flag(AssayAttributes.SIDECHAIN)));
  }

  private static GitObservation git(
      Source source, Instant time, SessionClaim session, Attributes attributes) throws BadRecord {
    GitObservation.Operation operation =
        switch (attributes.required(AssayAttributes.GIT_OPERATION)) {
          case "commit" -> GitObservation.Operation.COMMIT;
          case "push" -> GitObservation.Operation.PUSH;
          case "pull_request" -> GitObservation.Operation.PULL_REQUEST;
          default -> throw unknownWord(AssayAttributes.GIT_OPERATION);
        };
    return new GitObservation(
        source,
        time,
        attributes.required(AssayAttributes.GEN_AI_TOOL_CALL_ID),
        session,
        operation,
        attributes.texts(AssayAttributes.VCS_REPOSITORY_URL_FULL, LIMIT_REPOSITORIES),
        attributes.text(AssayAttributes.VCS_REF_HEAD_NAME),
        attributes.text(AssayAttributes.VCS_REF_HEAD_REVISION),
        attributes.text(AssayAttributes.PULL_REQUEST_URL));
  }

  private static int between(Attributes attributes, String name, int absent, int least, int most)
      throws BadRecord {
    Long value = attributes.whole(name);
    if (value == null) {
      return absent;
    }
    if (value < least || value > most) {
      throw new BadRecord(Reason.BAD_VALUE, name + " is not between " + least + " and " + most);
    }
    return value.intValue();
  }

  private static BadRecord unknownWord(String attribute) {
    return new BadRecord(
        Reason.UNKNOWN_WORD, attribute + " has a word that this version does not know");
  }
}

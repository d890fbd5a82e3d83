package dev.assay.receiver.interpret;

import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of Claude Code's own telemetry, of all versions. */
final class NativeEvents {
  /** Prefix of the body of every event. */
  static final String PREFIX = "claude_code.";

  /** The scope of every event. */
  static final String SCOPE = "com.anthropic.claude_code.events";

  private static final Set<String> EDIT_TOOLS =
      Set.of("Edit", "Write", "NotebookEdit", "MultiEdit");

  /** Events that only a conversation sends; a bare start of the program sends others too. */
  private static final Set<String> CONVERSATION =
      Set.of(
          "user_prompt",
          "assistant_response",
          "api_request",
          "api_error",
          "tool_decision",
          "tool_result",
          "compaction",
          "at_mention",
          "subagent_completed");

  private final Prices prices;
  private final Tally tally;
  private final Sightings sightings;
  private final List<Observation> observations;
  private final Set<String> started = new HashSet<>();
  private final List<DecisionObservation> aborts = new ArrayList<>();

  NativeEvents(Prices prices, Tally tally, Sightings sightings, List<Observation> observations) {
    this.prices = prices;
    this.tally = tally;
    this.sightings = sightings;
    this.observations = observations;
  }

  void read(String event, Instant time, Attributes attributes) throws BadRecord {
    String sessionId = attributes.text(ClientAttributes.SESSION_ID);
    if (sessionId == null) {
      tally.count(Reason.NO_SESSION);
      return;
    }
    SessionClaim session = new SessionClaim(sessionId, null);
    switch (event) {
      case "tool_decision" -> decision(time, session, attributes);
      case "tool_result" -> result(time, session, attributes);
      case "api_request" -> usage(time, session, attributes);
      default -> tally.count(Reason.OTHER_EVENT);
    }
    boolean own = CONVERSATION.contains(event);
    sightings.session(
        Source.EVENT,
        time,
        own,
        attributes,
        () -> ClientAttributes.session(Source.EVENT, sessionId, attributes, own));
  }

  /** Ends the request: only now it is known which of the aborted tools had started. */
  void finish() {
    for (DecisionObservation abort : aborts) {
      if (started.contains(abort.toolUseId())) {
        tally.count(Reason.INTERRUPT);
      } else {
        observations.add(abort);
      }
    }
  }

  private void decision(Instant time, SessionClaim session, Attributes attributes)
      throws BadRecord {
    String tool = attributes.required(ClientAttributes.TOOL_NAME);
    if (!EDIT_TOOLS.contains(tool)) {
      tally.count(Reason.OTHER_TOOL);
      return;
    }
    String decision = attributes.required("decision");
    String source = attributes.text(ClientAttributes.SOURCE);
    String id = attributes.text(ClientAttributes.TOOL_USE_ID);
    DecisionObservation observation =
        new DecisionObservation(
            Source.EVENT,
            time,
            id != null ? id : surrogate(time, session, attributes),
            session,
            tool,
            outcome(decision, source),
            source,
            attributes.text("language"));
    if (observation.outcome() == Outcome.ACCEPTED) {
      started.add(observation.toolUseId());
    }
    if ("user_abort".equals(source) && observation.outcome() == Outcome.REJECTED) {
      aborts.add(observation);
    } else {
      observations.add(observation);
    }
  }

  private static Outcome outcome(String decision, @Nullable String source) throws BadRecord {
    return switch (decision) {
      case "accept" -> Outcome.ACCEPTED;
      // Only what names a person counts as a person's refusal.
      case "reject" ->
          source != null && source.startsWith("user_") ? Outcome.REJECTED : Outcome.BLOCKED;
      default -> throw new BadRecord(Reason.BAD_VALUE, "decision is neither accept nor reject");
    };
  }

  private void result(Instant time, SessionClaim session, Attributes attributes) throws BadRecord {
    String tool = attributes.required(ClientAttributes.TOOL_NAME);
    String id = attributes.text(ClientAttributes.TOOL_USE_ID);
    boolean success = Boolean.TRUE.equals(attributes.flag("success"));
    if (!EDIT_TOOLS.contains(tool)) {
      String commit = success ? ToolInput.commit(attributes) : null;
      if (commit == null) {
        tally.count(Reason.OTHER_TOOL);
        return;
      }
      observations.add(
          new GitObservation(
              Source.EVENT,
              time,
              id != null ? id : surrogate(time, session, attributes),
              session,
              GitObservation.Operation.COMMIT,
              List.of(),
              null,
              commit,
              null));
      return;
    }
    boolean told = "accept".equals(attributes.text("decision_type"));
    // An old client's decision has a key of its own: to tell it again here would count it twice.
    if (id != null) {
      started.add(id);
      if (success || told) {
        observations.add(
            new DecisionObservation(
                Source.EVENT,
                time,
                id,
                session,
                tool,
                Outcome.ACCEPTED,
                attributes.text("decision_source"),
                null));
      }
    }
    if (success && attributes.text("tool_input") != null) {
      observations.add(
          edit(
              time,
              id != null ? id : surrogate(time, session, attributes),
              session,
              tool,
              ToolInput.of(tool, attributes)));
    } else if (id == null || !(success || told)) {
      tally.count(Reason.OTHER_EVENT);
    }
  }

  /**
   * Counts, but no lines: the path is absolute and no checkout is known, so that git cannot be
   * asked whether it ignores the file. docs/telemetry.md.
   */
  private EditObservation edit(
      Instant time, String id, SessionClaim session, String tool, ToolInput input) {
    if (input.cut()) {
      tally.count(Reason.CUT_INPUT);
    }
    return new EditObservation(
        Source.EVENT,
        time,
        id,
        session,
        tool,
        List.of(),
        null,
        null,
        input.linesAdded(),
        input.linesRemoved(),
        null,
        0,
        1,
        false,
        input.cut(),
        "no-checkout");
  }

  private void usage(Instant time, SessionClaim session, Attributes attributes) throws BadRecord {
    String requestId = attributes.text("request_id");
    String model = attributes.required(ClientAttributes.MODEL);
    String speed = attributes.text("speed");
    Prices.Tokens tokens =
        new Prices.Tokens(
            attributes.wholeOrZero("input_tokens"),
            attributes.wholeOrZero("output_tokens"),
            attributes.wholeOrZero("cache_read_tokens"),
            attributes.wholeOrZero("cache_creation_tokens"),
            attributes.wholeOrZero("cache_creation_1h_tokens"));
    boolean fast = "fast".equals(speed);
    BigDecimal cost = cost(attributes);
    BigDecimal estimate = prices.estimate(model, time, tokens, new Prices.Terms(fast, false, 0));
    if (cost == null && estimate == null) {
      tally.count(Reason.UNKNOWN_PRICE);
    }
    observations.add(
        new UsageObservation(
            Source.EVENT,
            time,
            null,
            requestId != null ? requestId : surrogate(time, session, attributes),
            session,
            model,
            tokens.input(),
            tokens.output(),
            tokens.cacheRead(),
            tokens.cacheCreation(),
            cost,
            estimate,
            fast ? speed : null,
            attributes.text("query_source"),
            false));
  }

  private static @Nullable BigDecimal cost(Attributes attributes) throws BadRecord {
    BigDecimal dollars = attributes.decimal("cost_usd");
    if (dollars == null) {
      BigDecimal micros = attributes.decimal("cost_usd_micros");
      dollars = micros == null ? null : micros.movePointLeft(6);
    }
    if (dollars == null) {
      return null;
    }
    if (dollars.signum() < 0) {
      throw new BadRecord(Reason.BAD_VALUE, "cost_usd is negative");
    }
    return Prices.rounded(dollars);
  }

  /**
   * The key of an event of an old client, which sends no id: session and sequence number. The
   * number begins anew when a session is resumed, so the time, which a retry repeats, is part of
   * it.
   */
  private static String surrogate(Instant time, SessionClaim session, Attributes attributes)
      throws BadRecord {
    String sequence = attributes.required("event.sequence");
    return "event/" + session.sessionId() + "/" + sequence + "/" + time.toEpochMilli();
  }
}

package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.UsageObservation;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the captures have not: refusals by rule, aborts, old clients, odd and wrong values. */
class NativeEventsTest {
  private final Interpreter interpreter = new Interpreter();

  private Interpretation read(LogRecord... records) {
    return interpreter.logs(Logs.ofClient(records), Logs.TIME.plusSeconds(60));
  }

  private <T extends Observation> List<T> read(Class<T> kind, LogRecord... records) {
    return read(records).observations().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "accept, config, ACCEPTED",
    "accept, user_temporary, ACCEPTED",
    "accept, user_permanent, ACCEPTED",
    "reject, user_reject, REJECTED",
    "reject, user_abort, REJECTED",
    "reject, config, BLOCKED",
    "reject, hook, BLOCKED",
    "reject, classifier, BLOCKED",
    "reject, , BLOCKED",
  })
  void decision(String decision, String source, Outcome outcome) {
    LogRecord record =
        source == null
            ? Logs.client(
                "tool_decision",
                "session.id",
                "s",
                "tool_use_id",
                "t",
                "tool_name",
                "Edit",
                "decision",
                decision)
            : Logs.client(
                "tool_decision",
                "session.id",
                "s",
                "tool_use_id",
                "t",
                "tool_name",
                "Edit",
                "decision",
                decision,
                "source",
                source);
    assertThat(read(DecisionObservation.class, record))
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.outcome()).isEqualTo(outcome);
              assertThat(read.decisionSource()).isEqualTo(source);
              assertThat(read.toolUseId()).isEqualTo("t");
              assertThat(read.time()).isEqualTo(Logs.TIME);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Read", "Bash", "mcp_tool"})
  void decision_ofOtherTools(String tool) {
    Interpretation read =
        read(
            Logs.client(
                "tool_decision",
                "session.id",
                "s",
                "tool_use_id",
                "t",
                "tool_name",
                tool,
                "decision",
                "accept"));
    assertThat(read.count(Reason.OTHER_TOOL)).isEqualTo(1);
    assertThat(read.observations()).noneMatch(DecisionObservation.class::isInstance);
  }

  @Test
  void abort_ofAToolThatHadStarted_isAnInterrupt() {
    LogRecord abort = decision("t", "reject", "user_abort");
    LogRecord started = decision("t", "accept", "config");
    LogRecord ran =
        Logs.client(
            "tool_result",
            "session.id",
            "s",
            "tool_use_id",
            "t",
            "tool_name",
            "Edit",
            "success",
            "false");
    for (LogRecord other : List.of(started, ran)) {
      for (LogRecord[] order : new LogRecord[][] {{abort, other}, {other, abort}}) {
        Interpretation read = read(order);
        assertThat(read.count(Reason.INTERRUPT)).isEqualTo(1);
        assertThat(read.observations())
            .filteredOn(DecisionObservation.class::isInstance)
            .map(DecisionObservation.class::cast)
            .noneMatch(decision -> decision.outcome() == Outcome.REJECTED);
      }
    }
    assertThat(read(DecisionObservation.class, abort)).hasSize(1);
  }

  @Test
  void oldClient_isKeyedBySessionAndSequence_soThatARetryIsTheSame() {
    LogRecord first =
        Logs.client(
            "tool_decision",
            "session.id",
            "s",
            "event.sequence",
            "7",
            "tool_name",
            "Write",
            "decision",
            "accept");
    LogRecord second =
        Logs.client(
            "tool_decision",
            "session.id",
            "s",
            "event.sequence",
            8,
            "tool_name",
            "Write",
            "decision",
            "accept");
    List<String> keys =
        read(DecisionObservation.class, first, second, first).stream()
            .map(DecisionObservation::toolUseId)
            .toList();
    assertThat(keys).hasSize(3);
    assertThat(keys.get(0)).isEqualTo(keys.get(2)).isNotEqualTo(keys.get(1));
  }

  @Test
  void oldClient_resultTellsTheEditButNotTheDecisionAgain() {
    Interpretation read =
        read(
            Logs.client(
                "tool_result",
                "session.id",
                "s",
                "event.sequence",
                "9",
                "tool_name",
                "Write",
                "success",
                "true",
                "decision_type",
                "accept",
                "tool_input",
                "{\"file_path\":\"/home/u/x\",\"content\":\"a\\nb\\n\"}"));
    assertThat(read.observations()).noneMatch(DecisionObservation.class::isInstance);
    assertThat(read.observations())
        .filteredOn(EditObservation.class::isInstance)
        .singleElement()
        .satisfies(edit -> assertThat(((EditObservation) edit).linesAdded()).isEqualTo(2));
  }

  @Test
  void failedEdit_addsNoLinesAndIsNoRefusal() {
    Interpretation read =
        read(
            Logs.client(
                "tool_result",
                "session.id",
                "s",
                "tool_use_id",
                "t",
                "tool_name",
                "Write",
                "success",
                "false",
                "tool_input",
                "{\"content\":\"a\"}"));
    assertThat(read.observations()).allMatch(o -> !(o instanceof EditObservation));
    assertThat(read.observations()).allMatch(o -> !(o instanceof DecisionObservation));
    assertThat(read.count(Reason.OTHER_EVENT)).isEqualTo(1);
  }

  @Test
  void edit_leavesPathAndLinesBehind() {
    assertThat(
            read(
                EditObservation.class,
                Logs.client(
                    "tool_result",
                    "session.id",
                    "s",
                    "tool_use_id",
                    "t",
                    "tool_name",
                    "Write",
                    "success",
                    "true",
                    "tool_input",
                    "{\"file_path\":\"/home/u/.env\",\"content\":\"KEY=secret\"}")))
        .singleElement()
        .satisfies(
            edit -> {
              assertThat(edit.toString()).doesNotContain("secret").doesNotContain(".env");
              assertThat(edit.withheld()).isEqualTo("no-checkout");
              assertThat(edit.linesAdded()).isEqualTo(1);
              assertThat(edit.partial()).isFalse();
            });
  }

  /** Clients before 2.1.122 send numbers as strings, a Collector turns integers into doubles. */
  @ParameterizedTest
  @ValueSource(strings = {"string", "int", "double"})
  void usage_numbersInEachShape(String shape) {
    LogRecord record =
        Logs.client(
            "api_request",
            "session.id",
            "s",
            "request_id",
            "r",
            "model",
            "claude-opus-4-8",
            "speed",
            "fast",
            "query_source",
            "repl_main_thread",
            "input_tokens",
            shaped(1200, shape),
            "output_tokens",
            shaped(150, shape),
            "cache_read_tokens",
            shaped(5000, shape),
            "cache_creation_tokens",
            shaped(300, shape),
            "cost_usd",
            shape.equals("string") ? "0.014155000000000002" : Math.nextUp(0.014155));
    assertThat(read(UsageObservation.class, record))
        .singleElement()
        .satisfies(
            usage -> {
              assertThat(usage.inputTokens()).isEqualTo(1200);
              assertThat(usage.outputTokens()).isEqualTo(150);
              assertThat(usage.cacheReadTokens()).isEqualTo(5000);
              assertThat(usage.cacheCreationTokens()).isEqualTo(300);
              assertThat(usage.costUsd()).isEqualTo(new BigDecimal("0.014155"));
              assertThat(usage.estimatedCostUsd()).isEqualByComparingTo("0.02825");
              assertThat(usage.speed()).isEqualTo("fast");
              assertThat(usage.querySource()).isEqualTo("repl_main_thread");
              assertThat(usage.requestId()).isEqualTo("r");
            });
  }

  private static Object shaped(int number, String shape) {
    return switch (shape) {
      case "string" -> Integer.toString(number);
      case "int" -> number;
      default -> (double) number;
    };
  }

  @Test
  void usage_costFromMicros_orFromTheTable_orUnknown() {
    Object[] common = {"session.id", "s", "request_id", "r", "input_tokens", 1_000_000};
    assertThat(read(UsageObservation.class, usage(common, "model", "m", "cost_usd_micros", 1234)))
        .singleElement()
        .satisfies(usage -> assertThat(usage.costUsd()).isEqualByComparingTo("0.001234"));
    assertThat(read(UsageObservation.class, usage(common, "model", "claude-opus-5")))
        .singleElement()
        .satisfies(
            usage -> {
              assertThat(usage.costUsd()).isNull();
              assertThat(usage.estimatedCostUsd()).isEqualByComparingTo("5");
            });
    Interpretation unknown = read(usage(common, "model", "m"));
    assertThat(unknown.count(Reason.UNKNOWN_PRICE)).isEqualTo(1);
    assertThat(unknown.observations())
        .filteredOn(UsageObservation.class::isInstance)
        .singleElement()
        .satisfies(usage -> assertThat(((UsageObservation) usage).estimatedCostUsd()).isNull());
  }

  private static LogRecord usage(Object[] common, Object... more) {
    Object[] all = java.util.Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return Logs.client("api_request", all);
  }

  @ParameterizedTest
  @CsvSource({
    "input_tokens, -1, BAD_VALUE",
    "input_tokens, 1.5, BAD_VALUE",
    "input_tokens, many, BAD_VALUE",
    "input_tokens, 1e999999999, BAD_VALUE",
    "input_tokens, 1000000000001, BAD_VALUE",
    "cost_usd, -0.1, BAD_VALUE",
    "cost_usd, NaN, BAD_VALUE",
  })
  void usage_wrongNumber_isRejectedAndNamedWithoutItsValue(
      String name, String value, Reason reason) {
    Interpretation read =
        read(
            Logs.client(
                "api_request", "session.id", "s", "request_id", "r", "model", "m", name, value));
    assertThat(read.count(reason)).isEqualTo(1);
    assertThat(read.complaint()).contains(name).doesNotContain(value);
    assertThat(read.observations()).noneMatch(UsageObservation.class::isInstance);
  }

  @Test
  void commit_fromToolParameters_andTheCommandGoesNoFurther() {
    Interpretation read =
        read(
            Logs.client(
                "tool_result",
                "session.id",
                "s",
                "tool_use_id",
                "t",
                "tool_name",
                "Bash",
                "success",
                "true",
                "tool_parameters",
                "{\"full_command\":\"git commit -m secret\",\"git_commit_id\":\"c95bdc9\"}"));
    assertThat(read.observations())
        .filteredOn(GitObservation.class::isInstance)
        .singleElement()
        .satisfies(
            git -> {
              assertThat(((GitObservation) git).revision()).isEqualTo("c95bdc9");
              assertThat(((GitObservation) git).operation())
                  .isEqualTo(GitObservation.Operation.COMMIT);
            });
    assertThat(read.observations().toString()).doesNotContain("secret");
    assertThat(read.count(Reason.TOOL_INPUT)).isEqualTo(1);
  }

  @Test
  void contents_areWithheldAndCounted() {
    String secret = "the text that must not pass";
    Interpretation read =
        read(
            Logs.client("user_prompt", "session.id", "s", "prompt", secret, "prompt_text", secret),
            Logs.client("assistant_response", "session.id", "s", "response", secret),
            Logs.client("api_request_body", "session.id", "s", "body", secret),
            Logs.client("api_error", "session.id", "s", "error", secret),
            Logs.client("user_prompt", "session.id", "s", "something.new", secret),
            Logs.record("session.id", "s", "event.name", "user_prompt")
                .setBody(Logs.value(secret))
                .build());
    assertThat(read.observations().toString()).doesNotContain(secret);
    assertThat(read.count(Reason.PROMPT)).isEqualTo(2);
    assertThat(read.count(Reason.RESPONSE)).isEqualTo(1);
    assertThat(read.count(Reason.API_BODY)).isEqualTo(1);
    assertThat(read.count(Reason.ERROR_TEXT)).isEqualTo(1);
    assertThat(read.count(Reason.NOT_LISTED)).isEqualTo(1);
    assertThat(read.count(Reason.LOG_BODY)).isEqualTo(1);
    assertThat(read.count(Reason.Kind.IGNORED)).isEqualTo(6);
  }

  @Test
  void value_atTheLimitAndOnePast() {
    String atLimit = "x".repeat(Attributes.LIMIT_VALUE_CHARS);
    assertThat(
            read(
                SessionObservation.class,
                Logs.client("user_prompt", "session.id", "s", "terminal.type", atLimit)))
        .allMatch(session -> atLimit.equals(session.terminalType()));
    Interpretation onePast =
        read(Logs.client("user_prompt", "session.id", "s", "terminal.type", atLimit + "x"));
    assertThat(onePast.count(Reason.TOO_LONG)).isEqualTo(1);
    assertThat(onePast.observations())
        .filteredOn(SessionObservation.class::isInstance)
        .allMatch(session -> ((SessionObservation) session).terminalType() == null);
  }

  @Test
  void session_firstAndLastTime_identityAndAccount() {
    LogRecord early =
        Logs.client("user_prompt", "session.id", "s", "user.email", "a@b.c", "user.id", "u");
    LogRecord late =
        early.toBuilder().setTimeUnixNano(early.getTimeUnixNano() + 5_000_000_000L).build();
    LogRecord between =
        early.toBuilder().setTimeUnixNano(early.getTimeUnixNano() + 1_000_000_000L).build();
    assertThat(read(SessionObservation.class, late, early, between))
        .hasSize(2)
        .allSatisfy(
            session -> {
              assertThat(session.identity().email()).isEqualTo("a@b.c");
              assertThat(session.accountKind()).isNull();
              assertThat(session.ownRecord()).isTrue();
            })
        .map(SessionObservation::time)
        .containsExactly(Logs.TIME, Logs.TIME.plusSeconds(5));
    assertThat(
            read(
                SessionObservation.class,
                Logs.client("hook_registered", "session.id", "s", "user.id", "u")))
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.accountKind()).isEqualTo("api");
              assertThat(session.ownRecord()).isFalse();
            });
  }

  @Test
  void exporter_isTheInstallation_withItsClockSkew() {
    assertThat(
            read(ExporterSeen.class, Logs.client("user_prompt", "session.id", "s", "user.id", "u")))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.instanceId()).isEqualTo("u");
              assertThat(seen.clockSkewMillis()).isEqualTo(60_000);
            });
  }

  @Test
  void time_fromTheRecord_orTheEvent_orObserved_orRejected() {
    LogRecord record =
        Logs.client(
            "user_prompt", "session.id", "s", "event.timestamp", "2026-11-20T11:00:00.000Z");
    LogRecord noTime = record.toBuilder().clearTimeUnixNano().build();
    assertThat(read(SessionObservation.class, noTime))
        .singleElement()
        .satisfies(session -> assertThat(session.time()).isEqualTo("2026-11-20T11:00:00.000Z"));
    LogRecord observed =
        Logs.client("user_prompt", "session.id", "s").toBuilder()
            .clearTimeUnixNano()
            .setObservedTimeUnixNano(record.getTimeUnixNano())
            .build();
    assertThat(read(SessionObservation.class, observed))
        .singleElement()
        .satisfies(session -> assertThat(session.time()).isEqualTo(Logs.TIME));
    LogRecord negative = observed.toBuilder().setObservedTimeUnixNano(-1).build();
    assertThat(read(negative).count(Reason.BAD_TIME)).isEqualTo(1);
  }

  @Test
  void foreignRecord_andNoSession_areIgnored() {
    Interpretation foreign =
        interpreter.logs(
            Logs.request(
                "some.other.scope",
                List.of(),
                Logs.record("event.name", "tool_decision", "session.id", "s").build()),
            Logs.TIME);
    assertThat(foreign.count(Reason.FOREIGN_RECORD)).isEqualTo(1);
    assertThat(foreign.observations()).isEmpty();
    assertThat(read(Logs.client("api_request", "model", "m")).count(Reason.NO_SESSION))
        .isEqualTo(1);
  }

  private static LogRecord decision(String id, String decision, String source) {
    return Logs.client(
        "tool_decision",
        "session.id",
        "s",
        "tool_use_id",
        id,
        "tool_name",
        "Edit",
        "decision",
        decision,
        "source",
        source);
  }
}

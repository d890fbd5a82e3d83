package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent's side of the wire contract. */
class AgentEventsTest {
  private static final EditLines LINES =
      EditLines.newBuilder()
          .addHunks(
              Hunk.newBuilder()
                  .setNewStart(3)
                  .addAdded(Line.newBuilder().setText("return 1;"))
                  .addRemoved(Line.newBuilder().setText("return 0;")))
          .build();

  private final Interpreter interpreter = new Interpreter();

  private Interpretation read(LogRecord... records) {
    return interpreter.logs(Logs.ofAgent(records), Logs.TIME);
  }

  private <T extends Observation> T one(Class<T> kind, LogRecord record) {
    List<T> read =
        read(record).observations().stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(read).hasSize(1);
    return read.get(0);
  }

  @Test
  void session() {
    LogRecord record =
        Logs.agent(
            AssayEvents.SESSION,
            AssayAttributes.SESSION_ID,
            "s",
            AssayAttributes.SESSION_ENTRYPOINT,
            "cli",
            AssayAttributes.SESSION_CLIENT_VERSION,
            "2.1.330",
            AssayAttributes.GIT_EMAIL,
            "dev@example.com");
    SessionObservation session = one(SessionObservation.class, record);
    assertThat(session.source()).isEqualTo(Source.TRANSCRIPT);
    assertThat(session.entrypoint()).isEqualTo("cli");
    assertThat(session.clientVersion()).isEqualTo("2.1.330");
    assertThat(session.identity().gitEmail()).isEqualTo("dev@example.com");
    assertThat(session.host()).isEqualTo("laptop");
    ExporterSeen seen = one(ExporterSeen.class, record);
    assertThat(seen.serviceName()).isEqualTo("assay-agent");
    assertThat(seen.instanceId()).isEqualTo("agent-1");
    assertThat(seen.clockSkewMillis()).isZero();
  }

  @Test
  void decision_fromAHook() {
    DecisionObservation decision =
        one(
            DecisionObservation.class,
            Logs.agent(
                AssayEvents.DECISION,
                AssayAttributes.SOURCE,
                "hook",
                AssayAttributes.SESSION_ID,
                "s",
                AssayAttributes.SESSION_STARTED_AT,
                1_795_367_931_906_000_000L,
                AssayAttributes.GEN_AI_TOOL_CALL_ID,
                "t",
                AssayAttributes.GEN_AI_TOOL_NAME,
                "Edit",
                AssayAttributes.DECISION_OUTCOME,
                "blocked",
                AssayAttributes.DECISION_SOURCE,
                "hook",
                AssayAttributes.LANGUAGE,
                "Java"));
    assertThat(decision.source()).isEqualTo(Source.HOOK);
    assertThat(decision.outcome()).isEqualTo(DecisionObservation.Outcome.BLOCKED);
    assertThat(decision.decisionSource()).isEqualTo("hook");
    assertThat(decision.language()).isEqualTo("Java");
    assertThat(decision.session().startedAt()).isEqualTo(Instant.parse("2026-11-22T17:18:51.906Z"));
  }

  @Test
  void edit_withLinesInParts() {
    EditObservation edit =
        one(
            EditObservation.class,
            Logs.edit(
                LINES,
                AssayAttributes.SESSION_ID,
                "s",
                AssayAttributes.GEN_AI_TOOL_CALL_ID,
                "t",
                AssayAttributes.GEN_AI_TOOL_NAME,
                "Write",
                AssayAttributes.VCS_REPOSITORY_URL_FULL,
                List.of("github.com/a/b", "ghe.x/a/b"),
                AssayAttributes.VCS_REF_HEAD_NAME,
                "main",
                AssayAttributes.FILE_PATH,
                "src/A.java",
                AssayAttributes.EDIT_LINES_ADDED,
                1,
                AssayAttributes.EDIT_LINES_REMOVED,
                "1",
                AssayAttributes.EDIT_USER_MODIFIED,
                true,
                AssayAttributes.EDIT_PART,
                2,
                AssayAttributes.EDIT_PARTS,
                3));
    assertThat(edit.lines()).isEqualTo(LINES.toByteString());
    assertThat(edit.repositories()).containsExactly("github.com/a/b", "ghe.x/a/b");
    assertThat(edit.path()).isEqualTo("src/A.java");
    assertThat(edit.linesAdded()).isEqualTo(1);
    assertThat(edit.linesRemoved()).isEqualTo(1);
    assertThat(edit.userModified()).isTrue();
    assertThat(edit.part()).isEqualTo(2);
    assertThat(edit.parts()).isEqualTo(3);
    assertThat(edit.partial()).isFalse();
  }

  @Test
  void edit_whoseLinesStayAtHome() {
    EditObservation edit =
        one(
            EditObservation.class,
            Logs.agent(
                AssayEvents.EDIT,
                AssayAttributes.SESSION_ID,
                "s",
                AssayAttributes.GEN_AI_TOOL_CALL_ID,
                "t",
                AssayAttributes.GEN_AI_TOOL_NAME,
                "Write",
                AssayAttributes.EDIT_WITHHELD,
                "ignored",
                AssayAttributes.EDIT_LINES_ADDED,
                12));
    assertThat(edit.lines()).isNull();
    assertThat(edit.withheld()).isEqualTo("ignored");
    assertThat(edit.linesAdded()).isEqualTo(12);
    assertThat(edit.part()).isZero();
    assertThat(edit.parts()).isEqualTo(1);
  }

  @Test
  void usage_pricedFromTheTable() {
    UsageObservation usage =
        one(
            UsageObservation.class,
            Logs.agent(
                AssayEvents.USAGE,
                AssayAttributes.SESSION_ID,
                "s",
                AssayAttributes.GEN_AI_RESPONSE_ID,
                "msg_1",
                AssayAttributes.REQUEST_ID,
                "req_1",
                AssayAttributes.GEN_AI_RESPONSE_MODEL,
                "claude-haiku-5-5",
                AssayAttributes.GEN_AI_USAGE_INPUT_TOKENS,
                2,
                AssayAttributes.GEN_AI_USAGE_OUTPUT_TOKENS,
                4,
                AssayAttributes.GEN_AI_USAGE_CACHE_READ_TOKENS,
                9179,
                // as 2.1.152 and older: the total is 0, the parts are not
                AssayAttributes.GEN_AI_USAGE_CACHE_CREATION_TOKENS,
                0,
                AssayAttributes.USAGE_CACHE_CREATION_1H_TOKENS,
                13356,
                AssayAttributes.SIDECHAIN,
                true));
    assertThat(usage.messageId()).isEqualTo("msg_1");
    assertThat(usage.requestId()).isEqualTo("req_1");
    assertThat(usage.cacheCreationTokens()).isEqualTo(13356);
    assertThat(usage.costUsd()).isNull();
    assertThat(usage.estimatedCostUsd()).isEqualByComparingTo("0.00276519");
    assertThat(usage.sidechain()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"commit, COMMIT", "push, PUSH", "pull_request, PULL_REQUEST"})
  void git(String word, GitObservation.Operation operation) {
    GitObservation git =
        one(
            GitObservation.class,
            Logs.agent(
                AssayEvents.GIT,
                AssayAttributes.SESSION_ID,
                "s",
                AssayAttributes.GEN_AI_TOOL_CALL_ID,
                "t",
                AssayAttributes.GIT_OPERATION,
                word,
                AssayAttributes.VCS_REPOSITORY_URL_FULL,
                "github.com/a/b",
                AssayAttributes.VCS_REF_HEAD_REVISION,
                "c95bdc9",
                AssayAttributes.PULL_REQUEST_URL,
                "https://github.com/a/b/pull/7"));
    assertThat(git.operation()).isEqualTo(operation);
    assertThat(git.repositories()).containsExactly("github.com/a/b");
    assertThat(git.pullRequestUrl()).endsWith("/7");
  }

  @Test
  void bad_isRejectedAloneAndNamed() {
    LogRecord good = decision("accepted");
    record Case(LogRecord record, Reason reason, String names) {}
    List<Case> cases =
        List.of(
            new Case(decision("perhaps"), Reason.UNKNOWN_WORD, AssayAttributes.DECISION_OUTCOME),
            new Case(
                Logs.agent("assay.unheard_of", AssayAttributes.SESSION_ID, "s"),
                Reason.UNKNOWN_WORD,
                "an event of the agent"),
            new Case(Logs.agent(AssayEvents.SESSION), Reason.MISSING, AssayAttributes.SESSION_ID),
            new Case(
                edit(AssayAttributes.EDIT_PART, 3, AssayAttributes.EDIT_PARTS, 3),
                Reason.BAD_VALUE,
                AssayAttributes.EDIT_PART),
            new Case(
                edit(AssayAttributes.EDIT_PARTS, AgentEvents.LIMIT_PARTS + 1),
                Reason.BAD_VALUE,
                AssayAttributes.EDIT_PARTS),
            new Case(
                edit(
                    AssayAttributes.VCS_REPOSITORY_URL_FULL,
                    java.util.Collections.nCopies(AgentEvents.LIMIT_REPOSITORIES + 1, "h/o/r")),
                Reason.TOO_MANY,
                AssayAttributes.VCS_REPOSITORY_URL_FULL),
            new Case(
                edit().toBuilder().setBody(Logs.value("text")).build(), Reason.BAD_BODY, "body"),
            new Case(
                edit().toBuilder()
                    .setBody(
                        AnyValue.newBuilder()
                            .setBytesValue(ByteString.copyFrom(new byte[] {10, 99, 1})))
                    .build(),
                Reason.BAD_BODY,
                "EditLines"),
            new Case(
                Logs.agent(
                    AssayEvents.USAGE,
                    AssayAttributes.SESSION_ID,
                    "s",
                    AssayAttributes.GEN_AI_RESPONSE_MODEL,
                    "m"),
                Reason.MISSING,
                AssayAttributes.GEN_AI_RESPONSE_ID),
            new Case(
                Logs.agent(
                    AssayEvents.SESSION,
                    AssayAttributes.SESSION_ID,
                    "s",
                    AssayAttributes.SOURCE,
                    "guess"),
                Reason.UNKNOWN_WORD,
                AssayAttributes.SOURCE));
    for (Case bad : cases) {
      Interpretation read = read(bad.record, good);
      assertThat(read.count(bad.reason)).as(bad.names).isEqualTo(1);
      assertThat(read.count(Reason.Kind.REJECTED)).isEqualTo(1);
      assertThat(Objects.requireNonNull(read.complaint()))
          .startsWith("record 1 of the request: ")
          .contains(bad.names);
      assertThat(read.observations()).anyMatch(DecisionObservation.class::isInstance);
    }
  }

  @Test
  void limits_atThem_areFine() {
    assertThat(
            read(
                    edit(
                        AssayAttributes.EDIT_PART,
                        AgentEvents.LIMIT_PARTS - 1,
                        AssayAttributes.EDIT_PARTS,
                        AgentEvents.LIMIT_PARTS),
                    edit(
                        AssayAttributes.VCS_REPOSITORY_URL_FULL,
                        java.util.Collections.nCopies(AgentEvents.LIMIT_REPOSITORIES, "h/o/r")))
                .count(Reason.Kind.REJECTED))
        .isZero();
  }

  @Test
  void lines_atTheLimitAndOnePast() {
    Hunk.Builder hunk = Hunk.newBuilder();
    for (int i = 0; i < AgentEvents.LIMIT_LINES - 1; i++) {
      hunk.addAdded(Line.getDefaultInstance());
    }
    EditLines atLimit = EditLines.newBuilder().addHunks(hunk).build();
    EditLines onePast = EditLines.newBuilder().addHunks(hunk.addRemoved(Line.newBuilder())).build();
    Object[] key = {
      AssayAttributes.SESSION_ID, "s",
      AssayAttributes.GEN_AI_TOOL_CALL_ID, "t",
      AssayAttributes.GEN_AI_TOOL_NAME, "Write"
    };
    assertThat(read(Logs.edit(atLimit, key)).count(Reason.Kind.REJECTED)).isZero();
    assertThat(read(Logs.edit(onePast, key)).count(Reason.TOO_MANY)).isEqualTo(1);
  }

  @Test
  void text_inContentModeSignature_isSignedAndCounted(@TempDir Path folder) throws Exception {
    Keyring.make(folder.resolve("assay.key"));
    SigningKey key = Keyring.read(folder.resolve("assay.key"), null).first();
    Object[] attributes = {
      AssayAttributes.SESSION_ID, "s",
      AssayAttributes.GEN_AI_TOOL_CALL_ID, "t",
      AssayAttributes.GEN_AI_TOOL_NAME, "Write",
      AssayAttributes.FILE_PATH, "src/Shop.java"
    };
    EditLines signed = key.sign(LINES, false);
    Interpreter strict = new Interpreter(key, Interpreter.LIMIT_SERIES);

    Interpretation text =
        strict.logs(
            Logs.request(AssayEvents.SCOPE, List.of(), Logs.edit(LINES, attributes)), Logs.TIME);
    assertThat(text.count(Reason.TEXT_SIGNED)).isEqualTo(1);
    assertThat(text.observations())
        .filteredOn(EditObservation.class::isInstance)
        .extracting(o -> ((EditObservation) o).lines())
        .containsExactly(signed.toByteString());

    Interpretation already =
        strict.logs(
            Logs.request(AssayEvents.SCOPE, List.of(), Logs.edit(signed, attributes)), Logs.TIME);
    assertThat(already.count(Reason.TEXT_SIGNED)).isZero();
    assertThat(already.observations()).isEqualTo(text.observations());
  }

  @Test
  void eventName_inAnotherScope_isNotTheAgents() {
    Interpretation read =
        interpreter.logs(Logs.request("other", List.of(), decision("accepted")), Logs.TIME);
    assertThat(read.count(Reason.FOREIGN_RECORD)).isEqualTo(1);
    assertThat(read.observations()).isEmpty();
  }

  private static LogRecord decision(String outcome) {
    return Logs.agent(
        AssayEvents.DECISION,
        AssayAttributes.SESSION_ID,
        "s",
        AssayAttributes.GEN_AI_TOOL_CALL_ID,
        "t",
        AssayAttributes.GEN_AI_TOOL_NAME,
        "Edit",
        AssayAttributes.DECISION_OUTCOME,
        outcome);
  }

  private static LogRecord edit(Object... more) {
    LogRecord.Builder record =
        Logs.record(
            AssayAttributes.SESSION_ID, "s",
            AssayAttributes.GEN_AI_TOOL_CALL_ID, "t",
            AssayAttributes.GEN_AI_TOOL_NAME, "Write");
    record.addAllAttributes(Logs.record(more).getAttributesList());
    return record.setEventName(AssayEvents.EDIT).build();
  }
}

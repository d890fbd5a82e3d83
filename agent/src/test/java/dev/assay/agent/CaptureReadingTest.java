package dev.assay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.agent.status.Complaints;
import dev.assay.agent.wire.AgentResource;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent makes of the real client's transcripts, from the file to the log records. */
class CaptureReadingTest {
  @TempDir Path folder;

  /** Reads a transcript as if its checkout stood in the test's folder. */
  private Sent read(String transcript, String project) throws IOException {
    Path checkout =
        Gits.checkout(folder.resolve(project), "https://github.com/acme/" + project + ".git")
            .toRealPath();
    Path home = folder.resolve("home");
    Captures.install(home, transcript.replace("/home/dev/src/" + project, checkout.toString()));
    Sent sent = new Sent();
    Complaints complaints =
        new Complaints(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    AgentResource resource = new AgentResource("0", "test", "host");
    try (Reading reading = new Reading(List.of(home), null, resource, sent, null, complaints)) {
      reading.capture.readAll(reading.observer, () -> {});
      reading.outbound.flush();
    }
    assertThat(complaints.counts()).isEmpty();
    return sent;
  }

  @ParameterizedTest
  @CsvSource({
    "claude-code-2.1.197, headless-grpc",
    "claude-code-2.1.197, headless-http-json",
    "claude-code-2.1.330, headless-grpc",
    "claude-code-2.1.330, headless-http-protobuf"
  })
  void headless_threeEditsAreAccepted_theFailedOneIsNothing(String client, String run)
      throws IOException {
    Sent sent = read(Captures.transcript(client, run), "inventory");

    assertThat(sent.of(AssayEvents.DECISION))
        .extracting(
            record -> Sent.attribute(record, AssayAttributes.GEN_AI_TOOL_NAME),
            record -> Sent.attribute(record, AssayAttributes.DECISION_OUTCOME),
            record -> Sent.attribute(record, AssayAttributes.LANGUAGE))
        .containsExactly(
            tuple("Write", "accepted", "Python"),
            tuple("Edit", "accepted", "Python"),
            tuple("NotebookEdit", "accepted", "unknown"));
    List<LogRecord> edits = sent.of(AssayEvents.EDIT);
    assertThat(edits)
        .extracting(record -> Sent.attribute(record, AssayAttributes.EDIT_LINES_ADDED))
        .containsExactly(13L, 4L, 2L);
    assertThat(edits)
        .extracting(record -> Sent.attribute(record, AssayAttributes.EDIT_LINES_REMOVED))
        .containsExactly(0L, 2L, 1L);
    assertThat(edits)
        .extracting(record -> Sent.attribute(record, AssayAttributes.FILE_PATH))
        .containsExactly("src/inventory.py", "src/inventory.py", "report.ipynb");
    assertThat(edits)
        .allSatisfy(
            record ->
                assertThat(Sent.attribute(record, AssayAttributes.VCS_REPOSITORY_URL_FULL))
                    .isEqualTo(List.of("github.com/acme/inventory")));
    assertThat(Sent.added(edits.get(0))).hasSize(13).startsWith("import json");
    assertThat(Sent.added(edits.get(1)).get(0))
        .isEqualTo("    \"\"\"Read items from a JSON file.\"\"\"");
    assertThat(Sent.removed(edits.get(1)).get(0)).isEqualTo("    with open(path) as handle:");
    assertThat(Sent.lines(edits.get(1)).getHunks(0).getNewStart()).isEqualTo(12);
    assertThat(Sent.removed(edits.get(2))).containsExactly("print(1)");
  }

  @ParameterizedTest
  @CsvSource({"claude-code-2.1.197", "claude-code-2.1.330"})
  void headless_eachResponseIsOneUsage(String client) throws IOException {
    Sent sent = read(Captures.transcript(client, "headless-grpc"), "inventory");

    List<LogRecord> usage = sent.of(AssayEvents.USAGE);
    assertThat(usage).hasSize(6);
    Map<String, Object> first = Sent.attributes(usage.get(0));
    assertThat(first)
        .containsEntry(AssayAttributes.GEN_AI_USAGE_INPUT_TOKENS, 1201L)
        .containsEntry(AssayAttributes.GEN_AI_USAGE_OUTPUT_TOKENS, 151L)
        .containsEntry(AssayAttributes.GEN_AI_USAGE_CACHE_READ_TOKENS, 5000L)
        .containsEntry(AssayAttributes.GEN_AI_USAGE_CACHE_CREATION_TOKENS, 300L)
        .containsKey(AssayAttributes.REQUEST_ID)
        .containsKey(AssayAttributes.GEN_AI_RESPONSE_MODEL);
  }

  @ParameterizedTest
  @CsvSource({"claude-code-2.1.197,", "claude-code-2.1.330,user_temporary"})
  void decisions_oneIsRejectedByThePerson(String client, String acceptedBy) throws IOException {
    Sent sent = read(Captures.transcript(client, "decisions-grpc"), "pricing");

    assertThat(sent.of(AssayEvents.DECISION))
        .extracting(
            record -> Sent.attribute(record, AssayAttributes.GEN_AI_TOOL_NAME),
            record -> Sent.attribute(record, AssayAttributes.DECISION_OUTCOME),
            record -> Sent.attribute(record, AssayAttributes.DECISION_SOURCE))
        .containsExactly(
            tuple("Write", "accepted", acceptedBy == null ? "" : acceptedBy),
            tuple("Edit", "rejected", "user_reject"),
            tuple("Edit", "accepted", acceptedBy == null ? "" : acceptedBy));
    assertThat(sent.of(AssayEvents.EDIT)).hasSize(2);
    assertThat(sent.of(AssayEvents.EDIT).toString()).doesNotContain("rejectedTotal");
  }

  @ParameterizedTest
  @CsvSource({"claude-code-2.1.197, 2.1.197", "claude-code-2.1.330, 2.1.330"})
  void session_tellsItsBeginningVersionAndEmail(String client, String version) throws IOException {
    String transcript = Captures.transcript(client, "headless-grpc");
    Sent sent = read(transcript, "inventory");

    assertThat(sent.of(AssayEvents.SESSION)).isNotEmpty();
    Map<String, Object> session = Sent.attributes(sent.of(AssayEvents.SESSION).get(0));
    assertThat(session)
        .containsEntry(AssayAttributes.SESSION_ID, Captures.sessionOf(transcript))
        .containsEntry(AssayAttributes.SESSION_CLIENT_VERSION, version)
        .containsEntry(AssayAttributes.SESSION_ENTRYPOINT, "sdk-cli")
        .containsEntry(AssayAttributes.GIT_EMAIL, "dev@example.com");
    Object started = session.getOrDefault(AssayAttributes.SESSION_STARTED_AT, 0L);
    assertThat(started).isNotEqualTo(0L);
    assertThat(sent.records())
        .allSatisfy(
            record ->
                assertThat(Sent.attribute(record, AssayAttributes.SESSION_STARTED_AT))
                    .isEqualTo(started));
  }

  @ParameterizedTest
  @CsvSource({"claude-code-2.1.197", "claude-code-2.1.330"})
  void prompts_neverLeaveTheMachine(String client) throws IOException {
    Sent sent = read(Captures.transcript(client, "headless-grpc"), "inventory");

    assertThat(sent.requests.toString())
        .doesNotContain("Create an inventory module", "Creating the file", "lorem ipsum")
        .doesNotContain("never_written");
  }
}

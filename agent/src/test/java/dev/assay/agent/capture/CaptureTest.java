package dev.assay.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.agent.observe.Observation;
import dev.assay.agent.observe.Observation.AppliedEdit;
import dev.assay.agent.observe.Observation.Decision;
import dev.assay.agent.observe.Observation.Usage;
import dev.assay.agent.observe.Observer;
import dev.assay.agent.status.Complaints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads on across restarts, and from the start where a transcript is another one. */
class CaptureTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private Complaints complaints =
      new Complaints(new PrintStream(told, true, StandardCharsets.UTF_8));

  private static String line(String text) {
    return text.replace("\n", "") + "\n";
  }

  private static String proposal(String session, String id, String tool, String input) {
    return line(
        """
        {"isSidechain":false,"cwd":"/w","sessionId":"%s","version":"2.1.170","entrypoint":"cli","gitBranch":"main",
        "type":"assistant","timestamp":"2026-07-10T12:00:27.000Z","uuid":"u-%s","requestId":"req_%s",
        "message":{"id":"msg_%s","model":"claude-opus-4-8","content":[{"type":"tool_use","id":"%s","name":"%s","input":%s}],
        "usage":{"input_tokens":10,"output_tokens":20}}}"""
            .formatted(session, id, id, id, id, tool, input));
  }

  private static String result(String session, String id, String toolUseResult) {
    return line(
        """
        {"isSidechain":false,"cwd":"/w","sessionId":"%s","version":"2.1.170","entrypoint":"cli","gitBranch":"main",
        "type":"user","timestamp":"2026-07-10T12:00:28.000Z",
        "message":{"role":"user","content":[{"tool_use_id":"%s","type":"tool_result","content":"ok"}]},"toolUseResult":%s}"""
            .formatted(session, id, toolUseResult));
  }

  private static final String EDIT_INPUT =
      "{\"file_path\":\"/w/a.py\",\"old_string\":\"a\",\"new_string\":\"b\\nclaude\"}";

  private static String editResult(boolean userModified) {
    return """
        {"filePath":"/w/a.py","oldString":"a","newString":"b","originalFile":null,"structuredPatch":
        [{"oldStart":1,"oldLines":1,"newStart":1,"newLines":2,"lines":["-a","+b","+person"]}],"userModified":%s,"replaceAll":false}"""
        .replace("\n", "")
        .formatted(userModified);
  }

  private Path transcript(String session) throws IOException {
    return Files.createDirectories(folder.resolve("home/projects/-w")).resolve(session + ".jsonl");
  }

  /** What a process reads that starts, reads all and stops. */
  private List<Observation> readOnce() throws IOException {
    List<Observation> out = new ArrayList<>();
    Capture capture =
        new Capture(List.of(folder.resolve("home")), folder.resolve("places.json"), complaints);
    capture.readAll(new Observer(out::add, complaints), () -> {});
    capture.checkpoint();
    return out;
  }

  private static <T> List<T> only(Class<T> type, List<Observation> all) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void place_isKeptAcrossRestarts() throws IOException {
    Path file = transcript("s");
    Files.writeString(file, proposal("s", "t1", "Edit", EDIT_INPUT));
    assertThat(only(Usage.class, readOnce())).hasSize(1);
    assertThat(readOnce()).isEmpty();

    Files.writeString(file, proposal("s", "t2", "Edit", EDIT_INPUT), StandardOpenOption.APPEND);
    assertThat(only(Usage.class, readOnce())).hasSize(1);
  }

  @Test
  void resultAfterARestart_isPairedWithItsProposal() throws IOException {
    Path file = transcript("s");
    Files.writeString(file, proposal("s", "t1", "MultiEdit", EDIT_INPUT));
    assertThat(only(Decision.class, readOnce())).isEmpty();
    Files.writeString(file, result("s", "t1", editResult(false)), StandardOpenOption.APPEND);

    List<Observation> out = readOnce();

    assertThat(only(Decision.class, out)).extracting(Decision::tool).containsExactly("MultiEdit");
    AppliedEdit edit = only(AppliedEdit.class, out).get(0);
    assertThat(edit.linesAdded()).isEqualTo(2);
    assertThat(edit.context().sessionStartedUnixNanos())
        .isEqualTo(Timestamps.unixNanos("2026-07-10T12:00:27.000Z"));
  }

  @Test
  void refusalAfterARestart_isPairedToo() throws IOException {
    Path file = transcript("s");
    Files.writeString(file, proposal("s", "t1", "Write", EDIT_INPUT));
    readOnce();
    Files.writeString(
        file,
        result("s", "t1", "\"User rejected tool use\"")
            .replace(
                "\"content\":\"ok\"",
                "\"content\":\"The user doesn't want to proceed with this tool use. No.\",\"is_error\":true"),
        StandardOpenOption.APPEND);

    List<Observation> out = readOnce();

    assertThat(only(Decision.class, out))
        .extracting(Decision::tool, Decision::outcome, Decision::language)
        .containsExactly(tuple("Write", Observation.Outcome.REJECTED, "Python"));
    assertThat(only(AppliedEdit.class, out)).isEmpty();
  }

  @Test
  void proposalChangedByAPerson_isReadAgain_alsoAfterARestart() throws IOException {
    Path file = transcript("s");
    Files.writeString(file, proposal("s", "t1", "Edit", EDIT_INPUT));
    readOnce();
    Files.writeString(file, result("s", "t1", editResult(true)), StandardOpenOption.APPEND);

    AppliedEdit edit = only(AppliedEdit.class, readOnce()).get(0);

    assertThat(edit.userModified()).isTrue();
    assertThat(edit.hunks().get(0).added()).containsExactly("b");
    assertThat(edit.linesAdded()).isEqualTo(1);
  }

  @Test
  void shrunkenTranscript_andAnotherOfTheSameName_areReadFromTheStart() throws IOException {
    Path file = transcript("s");
    Files.writeString(
        file, proposal("s", "t1", "Edit", EDIT_INPUT) + proposal("s", "t2", "Edit", EDIT_INPUT));
    assertThat(only(Usage.class, readOnce())).hasSize(2);

    Files.writeString(file, proposal("s", "t3", "Edit", EDIT_INPUT));
    assertThat(only(Usage.class, readOnce()))
        .extracting(Usage::messageId)
        .containsExactly("msg_t3");

    Path other = folder.resolve("other");
    Files.writeString(
        other, proposal("s", "t4", "Edit", EDIT_INPUT) + proposal("s", "t5", "Edit", EDIT_INPUT));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(only(Usage.class, readOnce())).hasSize(2);

    // Rewritten in place, same size: only the beginning tells.
    String changed = Files.readString(file).replace("t4", "t6");
    Files.writeString(file, changed + proposal("s", "t7", "Edit", EDIT_INPUT));
    assertThat(only(Usage.class, readOnce())).hasSize(3);
  }

  @Test
  void unfinishedLine_waits() throws IOException {
    Path file = transcript("s");
    String all = proposal("s", "t1", "Edit", EDIT_INPUT) + result("s", "t1", editResult(false));
    Files.writeString(file, all.substring(0, all.length() - 30));
    assertThat(only(AppliedEdit.class, readOnce())).isEmpty();

    Files.writeString(file, all.substring(all.length() - 30), StandardOpenOption.APPEND);
    assertThat(only(AppliedEdit.class, readOnce())).hasSize(1);
    assertThat(complaints.counts()).isEmpty();
  }

  @Test
  void badLines_areCounted_toldOnce_andCostNothingElse() throws IOException {
    Path file = transcript("s");
    String huge = "x".repeat(LineReader.LIMIT_LINE_BYTES + 1) + "\n";
    Files.writeString(
        file,
        proposal("s", "t1", "Edit", EDIT_INPUT)
            + "{\"type\":\"assistant\",\"message\":{\"id\":\"cut\n"
            + "\u0000\u0001binary\n"
            + huge
            + "{\"schema\":\"of the year 2030\"}\n"
            + "\n"
            + result("s", "t1", editResult(false)));

    List<Observation> out = readOnce();

    assertThat(only(AppliedEdit.class, out)).hasSize(1);
    assertThat(complaints.counts())
        .containsEntry("line-malformed", 2L)
        .containsEntry("line-too-long", 1L)
        .containsEntry("line-unknown", 1L);
    String said = told.toString(StandardCharsets.UTF_8);
    assertThat(said.lines()).hasSize(3);
    assertThat(said)
        .contains(file + " line 2 ")
        .contains(file + " line 4 ")
        .doesNotContain("binary");
  }

  @Test
  void resultWhoseProposalWasCutOff_stillTellsTheEdit() throws IOException {
    Files.writeString(transcript("s"), result("s", "t1", editResult(false)));

    List<Observation> out = readOnce();

    assertThat(only(Decision.class, out)).extracting(Decision::tool).containsExactly("Edit");
    assertThat(only(AppliedEdit.class, out)).hasSize(1);
  }

  @Test
  void subagents_haveTheSessionAndItsBeginning() throws IOException {
    Files.writeString(transcript("s"), proposal("s", "t1", "Edit", EDIT_INPUT));
    Path agents = Files.createDirectories(folder.resolve("home/projects/-w/s/subagents"));
    String side =
        (proposal("s", "t2", "Edit", EDIT_INPUT) + result("s", "t2", editResult(false)))
            .replace("\"isSidechain\":false", "\"isSidechain\":true")
            .replace("12:00:2", "12:30:2");
    Files.writeString(agents.resolve("agent-7f.jsonl"), side);
    Path flow = Files.createDirectories(agents.resolve("workflows/wf_1"));
    Files.writeString(flow.resolve("agent-8a.jsonl"), side.replace("t2", "t3"));
    Files.writeString(flow.resolve("journal.jsonl"), "{\"not\":\"a transcript\"}\n");

    List<AppliedEdit> edits = only(AppliedEdit.class, readOnce());

    assertThat(edits).hasSize(2);
    assertThat(edits)
        .allSatisfy(
            edit -> {
              assertThat(edit.context().sessionId()).isEqualTo("s");
              assertThat(edit.context().sidechain()).isTrue();
              assertThat(edit.context().sessionStartedUnixNanos())
                  .isEqualTo(Timestamps.unixNanos("2026-07-10T12:00:27.000Z"));
            });
    assertThat(complaints.counts()).isEmpty();
  }

  @Test
  void forkedSession_beginsWithItsFirstOwnRecord() throws IOException {
    Files.writeString(
        transcript("fork"),
        (proposal("fork", "t1", "Edit", EDIT_INPUT) + result("fork", "t1", editResult(false)))
                .replace("\"isSidechain\"", "\"forkedFrom\":{\"sessionId\":\"s\"},\"isSidechain\"")
            + proposal("fork", "t2", "Edit", EDIT_INPUT).replace("12:00:27", "15:00:00"));

    List<Usage> usage = only(Usage.class, readOnce());

    assertThat(usage.get(usage.size() - 1).context().sessionStartedUnixNanos())
        .isEqualTo(Timestamps.unixNanos("2026-07-10T15:00:00.000Z"));
    assertThat(usage.get(0).context().sessionId()).isEqualTo("fork");
  }

  @Test
  void placeholderUsage_givesWayToTheFinalOne() throws IOException {
    String block = proposal("s", "t1", "Read", "{}");
    Files.writeString(
        transcript("s"),
        block.replace("\"output_tokens\":20", "\"output_tokens\":3")
            + block
            + proposal("s", "t2", "Read", "{}"));

    assertThat(only(Usage.class, readOnce()))
        .extracting(usage -> usage.tokens().output())
        .containsExactly(20L, 20L);
  }

  @Test
  void syntheticResponses_areNoUsage() throws IOException {
    Files.writeString(
        transcript("s"),
        proposal("s", "t1", "Read", "{}").replace("claude-opus-4-8", "<synthetic>"));
    assertThat(only(Usage.class, readOnce())).isEmpty();
  }

  @Test
  void damagedPlaces_areSetAside_andAllIsReadAgain() throws IOException {
    Files.writeString(transcript("s"), proposal("s", "t1", "Edit", EDIT_INPUT));
    readOnce();
    Path places = folder.resolve("places.json");
    for (String damage : List.of("", "[{\"path\":\"x\"}]", "[{\"path\":", "no json")) {
      Files.writeString(places, damage);
      complaints = new Complaints(new PrintStream(told, true, StandardCharsets.UTF_8));
      assertThat(only(Usage.class, readOnce())).hasSize(1);
      assertThat(complaints.counts()).containsEntry("places-damaged", 1L);
      assertThat(folder.resolve("places.json.damaged")).hasContent(damage);
    }
  }

  @Test
  void missingHome_isSaid_andTheOthersAreRead() throws IOException {
    Files.writeString(transcript("s"), proposal("s", "t1", "Edit", EDIT_INPUT));
    List<Observation> out = new ArrayList<>();
    Capture capture =
        new Capture(List.of(folder.resolve("nowhere"), folder.resolve("home")), null, complaints);
    capture.readAll(new Observer(out::add, complaints), () -> {});

    assertThat(only(Usage.class, out)).hasSize(1);
    assertThat(complaints.counts()).containsEntry("home-missing", 1L);
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("nowhere is no folder");
  }

  @Test
  void growingTranscript_isFollowed_andANewOneNoticed() throws IOException {
    Path file = transcript("s");
    Files.writeString(file, proposal("s", "t1", "Edit", EDIT_INPUT));
    List<Observation> out = new ArrayList<>();
    Observer observer = new Observer(out::add, complaints);
    Capture capture = new Capture(List.of(folder.resolve("home")), null, complaints);
    capture.readAll(observer, () -> {});
    out.clear();
    assertThat(capture.foldersChanged()).isFalse();
    assertThat(capture.readHot(0, observer)).isFalse();

    Files.writeString(file, result("s", "t1", editResult(false)), StandardOpenOption.APPEND);
    assertThat(capture.readHot(0, observer)).isTrue();
    assertThat(only(AppliedEdit.class, out)).hasSize(1);
    assertThat(capture.bytesRead()).isEqualTo(Files.size(file)).isEqualTo(capture.bytesTotal());

    Path project = Files.createDirectories(folder.resolve("home/projects/-other"));
    Files.writeString(project.resolve("n.jsonl"), proposal("n", "t9", "Edit", EDIT_INPUT));
    assertThat(capture.foldersChanged()).isTrue();
  }
}

package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.interpret.Reason;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.Observation;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The ways in which one and the same work stands in transcripts twice: of one real session, read by
 * the real agent, each gives the figures of that session.
 */
class DuplicatesTest {
  private static final String CAPTURE = "claude-code-2.1.330/headless-grpc";
  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
  private static final String OTHER_SESSION = "ffffffff-0000-4000-8000-000000000001";

  @TempDir Path folder;
  private final Interpreter interpreter = new Interpreter();

  /** A way. */
  enum Way {
    /** The transcripts' folder is synchronised: two machines have the same files. */
    SYNCHRONISED,
    /** An agent lost its places, and reads all again. */
    READ_AGAIN,
    /** Resumed by a client that copies what was said into the new session's file. */
    RESUMED,
    /** Branched: what was said is copied, and says so. */
    FORKED,
    /** The copy alone is left. */
    RENAMED,
    /** Interrupts and refusals are written twice by some versions: so may be anything. */
    LINES_TWICE,
    /** Versions 2.1.38 and 39 wrote what a subagent said into the progress of its parent too. */
    PROGRESS;

    /** How many agents read it. */
    int homes() {
      return this == SYNCHRONISED || this == READ_AGAIN ? 2 : 1;
    }

    /** What it makes of a transcript: the files of one home. */
    List<String> files(String text) {
      return switch (this) {
        case SYNCHRONISED, READ_AGAIN -> List.of(text);
        case RESUMED -> List.of(text, renamed(text));
        case FORKED -> {
          String from =
              "{\"forkedFrom\":{\"sessionId\":\"" + session(text) + "\",\"messageUuid\":\"m\"},";
          yield List.of(text, each(renamed(text), line -> from + line.substring(1)));
        }
        case RENAMED -> List.of(renamed(text));
        case LINES_TWICE -> List.of(each(text, line -> line + "\n" + line));
        case PROGRESS ->
            List.of(
                eachResponse(
                    text,
                    line ->
                        line
                            + "\n{\"type\":\"progress\",\"data\":{\"type\":\"agent_progress\","
                            + "\"message\":"
                            + line
                            + "},\"uuid\":\"p\",\"sessionId\":\""
                            + session(text)
                            + "\"}"));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void way_countsOnce(Way way) throws Exception {
    Path checkout = Scene.checkout(Files.createTempDirectory(folder, "work").toRealPath());
    String text = new Captured(CAPTURE).transcript(checkout);
    Summary expected = summary(agent(List.of(text)), 0);
    assertThat(expected.accepted()).isEqualTo(3);
    assertThat(expected.linesAccepted()).isEqualTo(19);
    assertThat(expected.sessions()).isEqualTo(1);

    List<List<Observation>> all = new ArrayList<>();
    for (int home = 0; home < way.homes(); home++) {
      all.addAll(agent(way.files(text)));
    }
    assertThat(summary(all, 0)).isEqualTo(expected);
    assertThat(summary(all, 1)).isEqualTo(expected);
  }

  @Test
  void developer_onSeveralMachines_isOnePerson() throws Exception {
    List<List<Observation>> all = new ArrayList<>();
    for (String capture :
        List.of("claude-code-2.1.330/headless-grpc", "claude-code-2.1.197/headless-grpc")) {
      Path checkout = Scene.checkout(Files.createTempDirectory(folder, "work").toRealPath());
      all.addAll(agent(List.of(new Captured(capture).transcript(checkout))));
    }
    Summary both = summary(all, 1);
    assertThat(both.users()).isEqualTo(1);
    assertThat(both.sessions()).isEqualTo(2);
    assertThat(both.accepted()).isEqualTo(6);
    assertThat(both.linesAccepted()).isEqualTo(38);
  }

  private static String session(String text) {
    Matcher session = SESSION.matcher(text);
    assertThat(session.find()).isTrue();
    return session.group(1);
  }

  private static String renamed(String text) {
    return text.replace(session(text), OTHER_SESSION);
  }

  private static String each(String text, UnaryOperator<String> change) {
    return text.lines().map(change).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String eachResponse(String text, UnaryOperator<String> change) {
    return each(text, line -> line.contains("\"type\":\"assistant\"") ? change.apply(line) : line);
  }

  /** What the agent's own command writes of these transcripts, from a home of their own. */
  private List<List<Observation>> agent(List<String> transcripts) throws Exception {
    Path home = Files.createTempDirectory(folder, "home");
    Path project = Files.createDirectories(home.resolve("projects").resolve("-work"));
    for (String transcript : transcripts) {
      Files.writeString(project.resolve(session(transcript) + ".jsonl"), transcript);
    }
    List<List<Observation>> observations = new ArrayList<>();
    for (ExportLogsServiceRequest request : Exported.of(home)) {
      Interpretation read = interpreter.logs(request, Instant.now());
      assertThat(read.count(Reason.Kind.REJECTED)).as(read.complaint()).isZero();
      observations.add(read.observations());
    }
    assertThat(observations).isNotEmpty();
    return observations;
  }

  /**
   * Committed in an order of its own.
   *
   * @param seed 0: as they came
   */
  private Summary summary(List<List<Observation>> commits, long seed) throws Exception {
    List<List<Observation>> order = new ArrayList<>(commits);
    if (seed != 0) {
      Collections.shuffle(order, new Random(seed));
    }
    Path data = Files.createTempDirectory(folder, "data");
    try (Store store = Stores.open(StoreOptions.in(data).withFsync(false))) {
      for (List<Observation> observations : order) {
        store.commit(observations);
      }
      return store.reports().summary(Filter.ALL);
    }
  }
}

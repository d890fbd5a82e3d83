package dev.assay.web.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Verdict;
import dev.assay.web.interchange.AuthorshipNotes.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorshipNotesTest {
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);

  private static TraceRecord record(Verdict... verdicts) {
    return AgentTrace.of(
            AgentTraceTest.attribution(verdicts),
            Map.of("t1", new EditOrigin("claude-opus-5-5", "2.1.330", 9, 4)))
        .orElseThrow();
  }

  private static Verdict line(String path, int line, double difference) {
    return AgentTraceTest.by(AgentTraceTest.SESSION, "t1", path, line, difference);
  }

  @Test
  void lines_goToTheCommitsThatWroteThem() {
    AuthorshipNotes notes =
        AuthorshipNotes.of(
            record(line("src/a b.py", 3, 0), line("src/a b.py", 4, 0.1), line("src/a b.py", 9, 0)),
            path ->
                Map.of(
                    3, new Origin(ONE, "src/old.py", 1),
                    4, new Origin(TWO, path, 4)));
    assertThat(notes.linesLeftOut()).as("line 9 is older than the branch").isEqualTo(1);
    List<AuthorshipNote> made = new ArrayList<>(notes.notes());
    assertThat(made).extracting(AuthorshipNote::commit).containsExactly(ONE, TWO);
    // echo -n claude:7f0c2a4e-5d1b-4c8e-9a55-0b9d6a1e2f31 | sha256sum
    assertThat(made.get(1).text())
        .isEqualTo(
            """
            "src/a b.py"
              KEY 4
            ---
            {
              "schema_version" : "authorship/3.0.0",
              "base_commit_sha" : "2222222222222222222222222222222222222222",
              "prompts" : {
                "KEY" : {
                  "agent_id" : {
                    "tool" : "claude",
                    "id" : "7f0c2a4e-5d1b-4c8e-9a55-0b9d6a1e2f31",
                    "model" : "claude-opus-5-5"
                  },
                  "total_additions" : 9,
                  "total_deletions" : 4,
                  "accepted_lines" : 1,
                  "overriden_lines" : 1,
                  "custom_attributes" : {
                    "recorded_by" : "assay"
                  }
                }
              }
            }"""
                .replace("KEY", "b7d7ca016f642870"));
    assertThat(NoteStandard.read(made.get(0).text(), ONE)).containsOnlyKeys("src/old.py");
    assertThat(made).allMatch(note -> AuthorshipNote.isOurs(note.text()));
  }

  /** git-ai trims white space of every kind from the end of a line. */
  @Test
  void pathThatEndsInWhiteSpace_isQuoted() {
    AuthorshipNotes notes =
        AuthorshipNotes.of(
            record(line("a.py\u00a0", 1, 0)), path -> Map.of(1, new Origin(ONE, path, 1)));
    assertThat(notes.notes().iterator().next().text()).startsWith("\"a.py\u00a0\"\n");
  }

  @Test
  void pathThatTheStandardCannotName_isLeftOutAndCounted() {
    AuthorshipNotes notes =
        AuthorshipNotes.of(
            record(
                line("say \"hi\".py", 1, 0),
                line("---", 1, 0),
                line("two\nlines.py", 1, 0),
                line("two\rlines.py", 1, 0),
                line("fine.py", 1, 0)),
            path -> Map.of(1, new Origin(ONE, path, 1)));
    assertThat(notes.linesLeftOut()).isEqualTo(4);
    assertThat(NoteStandard.read(notes.notes().iterator().next().text(), ONE))
        .containsOnlyKeys("fine.py");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reviewed by ann",
        "---\n{}",
        "---\n{\"prompts\": {}}",
        "---\nnot JSON",
        "a.py\n  d9978a8723e02b52 1\n---\n{\"prompts\": {\"d9978a8723e02b52\": {\"agent_id\": {}}}}",
        "---\n{\"prompts\":{\"a\":{\"custom_attributes\":{\"recorded_by\":\"assay\"}}},"
            + "\"sessions\":{\"s_1\":{}}}",
        "---\n{\"prompts\":{\"a\":{\"custom_attributes\":{\"recorded_by\":\"assay\"}},"
            + "\"b\":{\"custom_attributes\":{\"recorded_by\":\"me\"}}}}"
      })
  void noteOfOthers_isNeverTakenForOurs(String note) {
    assertThat(AuthorshipNote.isOurs(note)).isFalse();
  }

  @Test
  void everyNote_keepsTheStandard_andHasEveryLine() {
    Random random = new Random(20_261_122);
    String[] commits = {ONE, TWO, "3".repeat(40)};
    for (int round = 0; round < 500; round++) {
      List<Verdict> verdicts = new ArrayList<>();
      Map<String, TreeSet<Integer>> wanted = new HashMap<>();
      Map<String, Map<Integer, Origin>> origins = new HashMap<>();
      for (String path : new String[] {"a.py", "b c.py", "d\te/ü.py"}) {
        for (int line = 1; line < 40; line++) {
          if (random.nextInt(3) > 0) {
            String session = "session " + random.nextInt(3);
            String commit = commits[random.nextInt(commits.length)];
            double difference = random.nextInt(4) == 0 ? 0.2 : 0;
            verdicts.add(AgentTraceTest.by(session, "t" + line % 3, path, line, difference));
            origins
                .computeIfAbsent(path, p -> new HashMap<>())
                .put(line, new Origin(commit, path, line + 7));
            wanted.computeIfAbsent(commit + path, k -> new TreeSet<>()).add(line + 7);
          }
        }
      }
      AuthorshipNotes notes =
          AuthorshipNotes.of(
              record(verdicts.toArray(Verdict[]::new)),
              path -> origins.getOrDefault(path, Map.of()));
      Map<String, TreeSet<Integer>> got = new HashMap<>();
      for (AuthorshipNote note : notes.notes()) {
        NoteStandard.read(note.text(), note.commit())
            .forEach(
                (path, entries) ->
                    entries
                        .values()
                        .forEach(
                            lines ->
                                got.computeIfAbsent(note.commit() + path, k -> new TreeSet<>())
                                    .addAll(lines)));
      }
      assertThat(got).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.py\n d9978a8723e02b52 1\n---\n{}",
        "a.py\n  d9978a8723e02b52 2,1\n---\n{}",
        "a.py\n  d9978a8723e02b52 0\n---\n{}",
        "a b.py\n  d9978a8723e02b52 1\n---\n{}",
        "a.py\n  d9978a8723e02b52 1\n"
      })
  void strictReader_refusesWhatIsWrong(String note) {
    String whole =
        note.replace(
            "{}",
            "{\"schema_version\":\"authorship/3.0.0\",\"base_commit_sha\":\"%s\",\"prompts\":{}}"
                .formatted(ONE));
    assertThatThrownBy(() -> NoteStandard.read(whole, ONE)).isInstanceOf(AssertionError.class);
  }
}

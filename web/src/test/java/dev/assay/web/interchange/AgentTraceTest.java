package dev.assay.web.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Verdict;
import dev.assay.web.api.TraceSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgentTraceTest {
  static final String SESSION = "7f0c2a4e-5d1b-4c8e-9a55-0b9d6a1e2f31";
  private static final JsonMapper JSON = new JsonMapper();

  static Attribution attribution(Verdict... verdicts) {
    Instant merged = Instant.parse("2026-11-10T12:00:00Z");
    return new Attribution(
        new Change(
            "github.com/acme/api",
            7,
            "Title",
            "ann",
            null,
            merged,
            "c".repeat(40),
            "b".repeat(40),
            null,
            null),
        Attribution.State.FINAL,
        null,
        1,
        1,
        merged.plusSeconds(1),
        true,
        Arrays.asList(verdicts));
  }

  static Verdict by(String session, String edit, String path, int line, double difference) {
    String strategy = difference > 0 ? "similar" : "exact";
    return new Verdict(path, line, true, true, strategy, session, edit, difference, null);
  }

  static Verdict other(String path, int line) {
    return new Verdict(path, line, true, false, null, null, null, 0, "no-candidate");
  }

  private static JsonNode json(Attribution attribution, Map<String, EditOrigin> origins) {
    JsonNode node = JSON.valueToTree(AgentTrace.of(attribution, origins).orElseThrow());
    assertThat(TraceSchema.problems(node)).isEmpty();
    return node;
  }

  @Test
  void record_hasTheLinesOfEachSession_atTheMerge() {
    JsonNode record =
        json(
            attribution(
                by(SESSION, "t1", "src/A.java", 1, 0),
                by(SESSION, "t1", "src/A.java", 2, 0.1),
                other("src/A.java", 3),
                by(SESSION, "t2", "src/A.java", 4, 0),
                by("not a uuid", "t3", "src/A.java", 5, 0),
                other("src/B.java", 1)),
            Map.of(
                "t1", new EditOrigin("claude-opus-5-5", "2.1.99", 5, 1),
                "t2", new EditOrigin("claude-opus-5-5", "2.1.330", 4, 2)));
    assertThat(record.toString())
        .isEqualTo(
            ("{'version':'0.1.0','id':'"
                    + record.path("id").asString()
                    + "','timestamp':'2026-11-10T12:00:01Z','vcs':{'type':'git','revision':'"
                    + "c".repeat(40)
                    + "'},'tool':{'name':'claude-code','version':'2.1.330'},'files':["
                    + "{'path':'src/A.java','conversations':[{'contributor':{'type':'ai','model_id':"
                    + "'anthropic/claude-opus-5-5'},'ranges':[{'start_line':1,'end_line':1},"
                    + "{'start_line':2,'end_line':2,'contributor':{'type':'mixed','model_id':"
                    + "'anthropic/claude-opus-5-5'}},{'start_line':4,'end_line':4}],'related':["
                    + "{'type':'session','url':'urn:uuid:"
                    + SESSION
                    + "'}]},{'contributor':{'type':'ai'},'ranges':[{'start_line':5,'end_line':5}],"
                    + "'related':[{'type':'session','url':'claude-code:session/not%20a%20uuid'}]}]}],"
                    + "'metadata':{'dev.assay':{'change':'github.com/acme/api#7','repository':"
                    + "'github.com/acme/api','pull_request':7,'base':'"
                    + "b".repeat(40)
                    + "','state':'final','rules_version':1,'agent':'claude-code','sessions':["
                    + "{'id':'"
                    + SESSION
                    + "','lines_accepted':3,'edits':2,'lines_added':9,'lines_removed':3},"
                    + "{'id':'not a uuid','lines_accepted':1,'edits':1,'lines_added':0,"
                    + "'lines_removed':0}]}}}")
                .replace('\'', '"'));
  }

  @Test
  void conversation_tellsItsSession() {
    TraceRecord record =
        AgentTrace.of(
                attribution(by(SESSION, "t", "A", 1, 0), by("a b/ü+%", "t", "A", 2, 0)), Map.of())
            .orElseThrow();
    assertThat(record.files().get(0).conversations())
        .extracting(AgentTrace::session)
        .containsExactly(SESSION, "a b/ü+%");
  }

  @Test
  void nothingOfClaudeCode_isNoRecord() {
    assertThat(AgentTrace.of(attribution(other("A", 1)), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          claude-opus-5-5                              | anthropic/claude-opus-5-5
          us.anthropic.claude-sonnet-4-20250514-v1:0   | amazon-bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0
          claude-opus-4-5@20251101                     | google-vertex-anthropic/claude-opus-4-5@20251101
          local/llama                                  | local/llama
          -                                            | -
          """,
      delimiter = '|')
  void model_isNamedAsModelsDevDoes(@Nullable String told, @Nullable String id) {
    EditOrigin origin = new EditOrigin(told, null, 1, 0);
    TraceRecord record =
        AgentTrace.of(attribution(by(SESSION, "t", "A", 1, 0)), Map.of("t", origin)).orElseThrow();
    assertThat(record.files().get(0).conversations().get(0).contributor().modelId()).isEqualTo(id);
    assertThat(record.tool()).isNull();
  }

  @Test
  void modelOfOverTwoHundredAndFiftyCharacters_isLeftOut() {
    for (int more : new int[] {0, 1}) {
      String name = "claude-" + "x".repeat(250 - "anthropic/claude-".length() + more);
      TraceRecord record =
          AgentTrace.of(
                  attribution(by(SESSION, "t", "A", 1, 0)),
                  Map.of("t", new EditOrigin(name, null, 1, 0)))
              .orElseThrow();
      String id = record.files().get(0).conversations().get(0).contributor().modelId();
      assertThat(id).isEqualTo(more == 0 ? "anthropic/" + name : null);
    }
  }

  @Test
  void ranges_holdEachLineOnce() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 1_000; round++) {
      Collection<Integer> lines = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        lines.add(1 + random.nextInt(50));
      }
      List<Integer> back = new ArrayList<>();
      int before = -1;
      for (LineRanges.Range range : LineRanges.of(lines)) {
        assertThat(range.first()).as("no two that could be one").isGreaterThan(before + 1);
        for (int line = range.first(); line <= range.last(); line++) {
          back.add(line);
        }
        before = range.last();
      }
      assertThat(back).containsExactlyElementsOf(new TreeSet<>(lines));
    }
    assertThat(LineRanges.text(List.of(9, 1, 2, 3, 11))).isEqualTo("1-3,9,11");
  }
}

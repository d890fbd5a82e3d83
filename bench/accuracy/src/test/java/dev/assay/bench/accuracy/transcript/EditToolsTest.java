package dev.assay.bench.accuracy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.bench.accuracy.transcript.EditTools.Refusal;
import dev.assay.bench.accuracy.transcript.EditTools.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The written records have the fields of the real client's. */
class EditToolsTest {
  private static final Path CAPTURES =
      Path.of(Objects.requireNonNull(System.getProperty("assay.testdata")), "captures");
  private static final Path FOLDER = Path.of("/home/dev/src/shop");
  private static final Path FILE = FOLDER.resolve("cart.ts");

  @ParameterizedTest
  @EnumSource(names = {"V2_1_197", "V2_1_330"})
  void results_haveTheFieldsOfTheRealClients(Client client) throws IOException {
    Transcript session = session(client);
    EditTools tools = new EditTools(session);
    tools.write(FILE, null, "a\nb\n");
    tools.edit(FILE, "a\nb\n", "a\nc\n", new Replacement("b", "c"), false, null);
    tools.notebook(FILE, "cell-1", "a", "b", "{}", "{}");
    tools.refused(FILE, new Replacement("c", "d"), Refusal.FAILED);
    List<JsonNode> real = results(client, "headless-grpc");
    List<? extends JsonNode> ours = session.records();
    for (String tool : List.of("structuredPatch", "oldString", "new_source", "error:")) {
      JsonNode wanted = with(real, tool);
      JsonNode got = with(ours, tool);
      assertThat(keys(got.path("toolUseResult")))
          .as(tool)
          .isEqualTo(keys(wanted.path("toolUseResult")));
      assertThat(keys(got)).as(tool).isSubsetOf(keys(wanted));
      assertThat(keys(got.at("/message/content/0")))
          .isEqualTo(keys(wanted.at("/message/content/0")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1_197", "V2_1_330"})
  void rejections_readAsTheRealClients(Client client) throws IOException {
    Transcript session = session(client);
    new EditTools(session).refused(FILE, new Replacement("c", "d"), Refusal.REJECTED);
    JsonNode real = with(results(client, "decisions-grpc"), "rejected");
    JsonNode ours = with(session.records(), "rejected");
    assertThat(ours.path("toolUseResult")).isEqualTo(real.path("toolUseResult"));
    assertThat(ours.at("/message/content/0/content"))
        .isEqualTo(real.at("/message/content/0/content"));
    assertThat(ours.path("toolDenialKind")).isEqualTo(real.path("toolDenialKind"));
  }

  @Test
  void multiEdit_ofAnOldClient_hasItsShape() {
    Transcript session = session(Client.V1_0_53);
    new EditTools(session)
        .multiEdit(
            FILE,
            "a\nb\n",
            "x\ny\n",
            List.of(new Replacement("a", "x"), new Replacement("b", "y")));
    JsonNode result = with(session.records(), "originalFileContents").path("toolUseResult");
    assertThat(keys(result))
        .containsExactly(
            "edits", "filePath", "originalFileContents", "structuredPatch", "userModified");
    assertThat(result.path("edits")).hasSize(2);
  }

  private static Transcript session(Client client) {
    return new Transcript(client, FOLDER, Instant.parse("2026-01-01T00:00:00Z"), new Random(1));
  }

  private static List<JsonNode> results(Client client, String run) throws IOException {
    Path file =
        CAPTURES
            .resolve("claude-code-" + client.version())
            .resolve(run)
            .resolve("transcript.jsonl");
    return Files.readAllLines(file).stream().map(Transcript.JSON::readTree).toList();
  }

  /** The first result in whose toolUseResult this stands: a field's name or a word of the text. */
  private static JsonNode with(List<? extends JsonNode> rows, String what) {
    return rows.stream()
        .filter(row -> row.has("toolUseResult"))
        .filter(
            row ->
                what.equals("error:")
                    ? row.path("toolUseResult").isString()
                    : row.path("toolUseResult").toString().contains(what))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> keys(JsonNode node) {
    return new TreeSet<>(node.propertyNames());
  }
}

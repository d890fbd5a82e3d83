package dev.assay.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.web.sample.AcmeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasesTest {
  @TempDir private Path folder;

  private Config config(String aliases) throws Exception {
    Path file = folder.resolve("aliases.yaml");
    Files.writeString(file, aliases);
    return Config.resolve(
        Map.of(
            Setting.DATA, List.of(folder.resolve("data").toString()),
            Setting.ALIASES_FILE, List.of(file.toString())),
        Map.of(),
        null);
  }

  @Test
  void oneOfTwoNames_isShownForBoth() throws Exception {
    List<String> before;
    try (AcmeServer server = AcmeServer.filled(folder.resolve("other"))) {
      before = server.get("/api/v1/team").body().lines().toList();
    }
    assertThat(before.toString()).contains("ada@acme.example", "dennis@acme.example");

    Config config = config("ada@acme.example: [DENNIS@acme.example, 4711]\n");
    try (AcmeServer server = AcmeServer.filled(config.storeOfPeople())) {
      assertThat(server.get("/api/v1/team").body())
          .contains("ada@acme.example")
          .doesNotContain("dennis@acme.example");
    }
  }

  @Test
  void nothingInIt_isNobody() throws Exception {
    assertThat(config("# nobody yet\n").storeOfPeople().aliases()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          - ada                   | expected people, found a list
          ada: bob                | ada: expected a list, found 'bob'
          ada: [[bob]]            | ada: expected a name, found a list
          ada: ['']               | ada is empty
          '': [ada]               | a name is empty
          {a: [Bob], c: [bob]}    | bob stands for both a and c
          {a: [b], b: [c]}        | b stands for both a and b
          {a: [b], a: [c]}        | is no YAML: Duplicate Object property "a"
          """)
  void mistake_isRefusedByTheKey(String aliases, String message) throws Exception {
    Config config = config(aliases);
    assertThatThrownBy(config::storeOfPeople)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "processors.identity.aliases_file: " + folder.resolve("aliases.yaml") + ": " + message);
  }

  @Test
  void missingFile_isNamed() throws Exception {
    Config config = config("");
    Files.delete(folder.resolve("aliases.yaml"));
    assertThatThrownBy(config::storeOfPeople).hasMessageEndingWith("aliases.yaml: is not there");
  }

  @Test
  void file_isReadUpToTheLimit() throws Exception {
    String most = "#".repeat((int) Aliases.LIMIT_BYTES);
    assertThat(config(most).storeOfPeople().aliases()).isEmpty();
    Config config = config(most + "#");
    assertThatThrownBy(config::storeOfPeople)
        .hasMessageEndingWith("at most " + Aliases.LIMIT_BYTES + " are read");
  }
}

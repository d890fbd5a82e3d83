package dev.assay.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {
  private static final Path DOCS =
      Path.of(System.getProperty("assay.testdata")).resolveSibling("docs");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Commands.line()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server --webport 1         | Unknown options: '--webport', '1'     | --web-port
          up --no-such               | Unknown option: '--no-such'           |
          serve                      | Unmatched argument at index 0: 'serve'| server
          up --web-port              | Missing required parameter for option '--web-port' (PORT) |
          server --web-port 70000    | --web-port: '70000' is no port (0 to 65535) |
          server --fsync perhaps     | --fsync: 'perhaps' is neither true nor false |
          server --claude-home /x    | Unknown options: '--claude-home', '/x'|
          server --config /no/such.yaml | --config: there is no file /no/such.yaml |
          up --agent-otlp-grpc-port 0 | --agent-otlp-http-port and --agent-otlp-grpc-port are not in this version | telemetry
          """)
  void mistake_isOneMessageThatNamesIt(String line, String message, String suggestion) {
    int code = run(line.split(" ", -1));

    assertThat(code).isEqualTo(ExitCode.MISUSED);
    assertThat(err.toString()).startsWith("assay: " + message);
    assertThat(err.toString()).doesNotContain("\tat ");
    if (suggestion != null) {
      assertThat(err.toString()).contains(suggestion);
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void noCommand_isAMistake() {
    assertThat(run()).isEqualTo(ExitCode.MISUSED);
    assertThat(err.toString()).startsWith("assay: a command is missing");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_hasExamples(String name) {
    assertThat(run(name, "--help")).isZero();

    assertThat(out.toString()).contains("Usage: assay " + name).contains("Example");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void manPage_hasEveryOption(String name) throws Exception {
    String page = Files.readString(DOCS.resolve("assay.1"));

    assertThat(page).contains("\n.B " + name + "\n");
    Commands.line()
        .getSubcommands()
        .forEach(
            (command, line) -> {
              if (command.equals(name)) {
                line.getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(page).contains(option.longestName()));
              }
            });
  }

  static Stream<String> commands() {
    return Commands.line().getSubcommands().keySet().stream()
        .filter(name -> !List.of("agent", "generate-completion").contains(name));
  }

  @Test
  void completion_knowsEveryOption() {
    assertThat(run("generate-completion")).isZero();

    assertThat(out.toString()).contains("--web-port", "--claude-home", "doctor", "attribute");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --format xml                                 | --format: 'xml' is none of agent-trace, git-ai-notes, jsonl, csv
          --format csv                                 | --out is missing: the file that --format csv goes to
          --format agent-trace                         | --out is missing: the file that --format agent-trace goes to
          --format git-ai-notes                        | --write-to is missing: the git repository that gets the notes
          --format git-ai-notes --write-to . --out a   | --out: git-ai-notes go to the repository of --write-to
          --write-to .                                 | --write-to: only git-ai-notes are written to a repository
          """)
  void attribute_refusesAFormatThatGoesNowhere(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("attribute", "--repository", "."));
    arguments.addAll(List.of(options.split(" ")));

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.MISUSED);

    assertThat(err.toString()).contains(message);
  }

  @Test
  void operationsPage_namesEveryCommand() throws Exception {
    String page = Files.readString(DOCS.resolve("operations.md"));

    for (String name : Commands.line().getSubcommands().keySet()) {
      assertThat(page).contains("| `assay " + name + "` |");
    }
  }

  @Test
  void portInUse_isOneMessageThatNamesPortAndFlag(@TempDir Path data) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              "server",
              "--data",
              data.toString(),
              "--otlp-grpc-port",
              String.valueOf(taken.getLocalPort()),
              "--otlp-http-port",
              "0",
              "--web-port",
              "0");

      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString())
          .contains(String.valueOf(taken.getLocalPort()), "--otlp-grpc-port")
          .hasLineCount(1);
    }
  }

  @Test
  void webPortInUse_isOneMessageThatNamesPortAndFlag(@TempDir Path data) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              "server",
              "--data",
              data.toString(),
              "--otlp-grpc-port",
              "0",
              "--otlp-http-port",
              "0",
              "--web-port",
              String.valueOf(taken.getLocalPort()));

      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString())
          .contains(String.valueOf(taken.getLocalPort()), "--web-port")
          .hasLineCount(1);
    }
  }
}

package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttributeIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private Ended attribute(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("attribute"));
    arguments.addAll(Arrays.asList(options));
    Path err = Files.createTempFile(folder, "attribute-", ".err");
    Path out = Files.createTempFile(folder, "attribute-", ".out");
    Process process =
        RunningAssay.launcher(arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Ended(
        RunningAssay.exitCode(process, out, err), Files.readString(out), Files.readString(err));
  }

  @Test
  void oneRepository_givesATableAndAVerdictForEachLine() throws Exception {
    Scene scene = Scene.in(folder, "claude-code-2.1.330/headless-grpc");
    Path verdicts = folder.resolve("verdicts.jsonl");

    Ended ended =
        attribute(
            "--repository",
            scene.checkout().toString(),
            "--claude-home",
            scene.claudeHome().toString(),
            "--out",
            verdicts.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("#1 Add the inventory")
        .contains("1 pull requests, 1 with Claude Code (100.0%)")
        .contains(
            Scene.LINES + " lines, " + Scene.LINES_WITH_CLAUDE_CODE + " with Claude Code (84.6%)");
    List<JsonNode> lines = Files.readAllLines(verdicts).stream().map(JSON::readTree).toList();
    assertThat(lines).hasSize(19); // blank ones too
    JsonNode first = lines.get(0);
    assertThat(first.propertyNames())
        .containsExactly(
            "pr", "path", "line", "assisted", "strategy", "session", "edit", "difference");
    assertThat(first.path("pr").asInt()).isEqualTo(1);
    assertThat(first.path("path").asString()).isEqualTo("src/inventory.py");
    assertThat(first.path("line").asInt()).isEqualTo(1);
    assertThat(first.path("strategy").asString()).isEqualTo("exact");
    JsonNode last = lines.get(18);
    assertThat(last.propertyNames()).containsExactly("pr", "path", "line", "assisted", "reason");
    assertThat(last.path("assisted").asBoolean()).isFalse();
    assertThat(lines.stream().filter(line -> line.path("assisted").asBoolean()).count())
        .isEqualTo(Scene.LINES_WITH_CLAUDE_CODE);
  }

  /** Two sessions wrote the same file, so that each line could name either. */
  @Test
  void sameHomes_inAnyOrder_giveTheSameBytes() throws Exception {
    Scene scene = Scene.in(folder, "claude-code-2.1.330/headless-grpc");
    Path other = Files.createDirectories(folder.resolve("other"));
    new Captured("claude-code-2.1.197/headless-grpc").into(other, scene.checkout());

    byte[] first = verdicts(scene.checkout(), scene.claudeHome(), other);

    assertThat(first).isNotEmpty();
    assertThat(verdicts(scene.checkout(), scene.claudeHome(), other)).isEqualTo(first);
    assertThat(verdicts(scene.checkout(), other, scene.claudeHome())).isEqualTo(first);
    String alone = new String(verdicts(scene.checkout(), other), StandardCharsets.UTF_8);
    assertThat(alone)
        .as("the other home could vouch for the same lines")
        .contains("\"assisted\":true")
        .isNotEqualTo(new String(first, StandardCharsets.UTF_8));
  }

  private byte[] verdicts(Path repository, Path... homes) throws Exception {
    Path out = Files.createTempDirectory(folder, "out-").resolve("verdicts.jsonl");
    List<String> options =
        new ArrayList<>(List.of("--repository", repository.toString(), "--out", out.toString()));
    for (Path home : homes) {
      options.add("--claude-home");
      options.add(home.toString());
    }
    Ended ended = attribute(options.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    return Files.readAllBytes(out);
  }

  @Test
  void pullsList_namesWhatIsAttributed() throws Exception {
    Scene scene = Scene.in(folder, "claude-code-2.1.197/headless-grpc");
    String head =
        new String(
                new ProcessBuilder("git", "-C", scene.checkout().toString(), "rev-parse", "HEAD")
                    .start()
                    .getInputStream()
                    .readAllBytes(),
                StandardCharsets.UTF_8)
            .strip();
    Path pulls =
        Files.writeString(
            folder.resolve("pulls.json"),
            "[{\"number\": 77, \"merge_commit\": \"%s\", \"repo\": \"acme/inventory\"}]"
                .formatted(head));

    Ended ended =
        attribute(
            "--repository",
            scene.checkout().toString(),
            "--claude-home",
            scene.claudeHome().toString(),
            "--pulls",
            pulls.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("#77 ").contains("1 with Claude Code");
  }

  @Test
  void noRepository_isAMistake() throws Exception {
    Ended ended = attribute("--claude-home", folder.toString());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("assay: --repository is missing");
  }

  @Test
  void folderWithoutGit_isOneMessageThatNamesIt() throws Exception {
    Path home = Files.createDirectories(folder.resolve("claude"));

    Ended ended = attribute("--repository", folder.toString(), "--claude-home", home.toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains(folder + " is not a git repository").doesNotContain("\tat ");
  }

  @Test
  void badPullsList_isRefusedBeforeAnythingIsRead() throws Exception {
    Path pulls = Files.writeString(folder.resolve("pulls.json"), "[{\"number\": \"one\"}]");

    Ended ended = attribute("--repository", folder.toString(), "--pulls", pulls.toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("pulls.json", "number").hasLineCount(1);
  }

  private record Ended(int code, String out, String err) {}
}

package dev.assay.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.agent.capture.ToolOutput.EditOutput;
import dev.assay.agent.capture.ToolOutput.GitOutput;
import dev.assay.agent.capture.TranscriptRecord.PullRequestLink;
import dev.assay.agent.capture.TranscriptRecord.Response;
import dev.assay.agent.capture.TranscriptRecord.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RecordReaderTest {
  private static final RecordReader READER = new RecordReader("file-session");

  private static @Nullable TranscriptRecord read(String line) {
    return read(line, false);
  }

  private static @Nullable TranscriptRecord read(String line, boolean envelopeWanted) {
    byte[] bytes = ("before" + line + "\nafter").getBytes(StandardCharsets.UTF_8);
    return READER.read(bytes, 6, bytes.length - 6, envelopeWanted);
  }

  private static <T extends TranscriptRecord> T readAs(Class<T> type, String line) {
    return type.cast(Objects.requireNonNull(read(line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"api-request-blob\",\"message\":{\"role\":\"user\"}}",
        "{\"type\":\"summary\",\"summary\":\"s\",\"leafUuid\":\"u\"}",
        "{\"type\":\"attachment-of-tomorrow\",\"x\":[[[{}]]]}",
        "{\"parentUuid\":null,\"attachment\":{\"type\":\"x\"},\"type\":\"attachment\"}",
        "{\"type\":\"progress\",\"data\":{\"type\":\"agent_progress\",\"message\":{}}}",
        "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"a prompt\"}}",
        "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a prompt\"}]}}"
      })
  void recordsOfNoUse_areSkipped(String line) {
    assertThat(read(line)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,2]", "\"text\"", "17", "{}", "{\"v\":99,\"kind\":\"other\"}"})
  void jsonThatIsNoRecord_isSaidToBeNone(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(RecordReader.NotARecordException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"assistant\",\"message\":{\"id\":\"m",
        "\u0000\u0001\u0002",
        "PK\u0003\u0004 binary",
        "{\"type\":\"user\" \"message\"}",
        "{'type':'user'}"
      })
  void brokenJson_isSaidToBeBroken(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(JacksonException.class);
  }

  @Test
  void anyBytes_neverThrowAnythingElse() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    Path captures =
        Path.of(System.getProperty("assay.testdata", "../testdata")).resolve("captures");
    try (Stream<Path> files = Files.walk(captures)) {
      for (Path file : files.filter(path -> path.endsWith("transcript.jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.length() < 4_000) {
            seeds.add(line.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
    Random random = new Random(11);
    int broken = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int end = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
      try {
        READER.read(bytes, 0, end, random.nextBoolean());
      } catch (JacksonException | RecordReader.NotARecordException expected) {
        broken++;
      }
    }
    assertThat(broken).isBetween(1_000, 19_000);
  }

  @Test
  void oldClientsResponse_hasItsCost() {
    Response response =
        readAs(
            Response.class,
            """
                {"parentUuid":"p","isSidechain":false,"userType":"external","cwd":"/w","sessionId":"s",
                "version":"1.0.53","gitBranch":"main","type":"assistant","timestamp":"2025-07-16T08:00:00.000Z",
                "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-20250514",
                "content":[{"type":"tool_use","id":"toolu_1","name":"MultiEdit","input":{"file_path":"/w/a.py",
                "edits":[{"old_string":"a","new_string":"b"}]}}],"stop_reason":"tool_use",
                "usage":{"input_tokens":4,"cache_creation_input_tokens":null,"cache_read_input_tokens":10,
                "output_tokens":83,"service_tier":"standard"}},"requestId":"req_1","costUSD":0.25,"uuid":"u"}""");

    assertThat(response.envelope().timeUnixNanos())
        .isEqualTo(Instant.parse("2025-07-16T08:00:00Z").getEpochSecond() * 1_000_000_000L);
    assertThat(response.toolUses())
        .containsExactly(new TranscriptRecord.ToolUse("toolu_1", "MultiEdit", "/w/a.py"));
    assertThat(response.usage())
        .isEqualTo(new TranscriptRecord.TokenUsage(4, 83, 10, 0, 0, 0, 0, null, null, 0.25));
  }

  @Test
  void cacheCreationOfZero_isTheSumOfItsSplit() {
    Response response =
        readAs(
            Response.class,
            """
                {"type":"assistant","message":{"id":"m","model":"x","content":[],"usage":{"input_tokens":1,
                "output_tokens":2,"cache_creation_input_tokens":0,"cache_creation":
                {"ephemeral_5m_input_tokens":30,"ephemeral_1h_input_tokens":12},"speed":"fast",
                "server_tool_use":{"web_search_requests":3}}}}""");

    assertThat(response.usage())
        .isEqualTo(new TranscriptRecord.TokenUsage(1, 2, 0, 42, 30, 12, 3, "fast", null, null));
    assertThat(response.envelope().sessionId()).isEqualTo("file-session");
  }

  @Test
  void errorText_isFoundBehindAndBeforeItsFlag_andInBlocks() {
    for (String block :
        List.of(
            "{\"type\":\"tool_result\",\"content\":\"No.\",\"is_error\":true,\"tool_use_id\":\"t\"}",
            "{\"tool_use_id\":\"t\",\"is_error\":true,\"type\":\"tool_result\",\"content\":\"No.\"}",
            "{\"tool_use_id\":\"t\",\"type\":\"tool_result\",\"content\":[{\"type\":\"image\",\"source\":{\"text\":\"x\"}},{\"type\":\"text\",\"text\":\"No.\"}],\"is_error\":true}")) {
      ToolResult result =
          readAs(
              ToolResult.class,
              "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":["
                  + block
                  + "]},\"toolUseResult\":\"User rejected tool use\"}");
      assertThat(result.toolUseId()).isEqualTo("t");
      assertThat(result.error()).isTrue();
      assertThat(result.errorText()).isEqualTo("No.");
    }
  }

  @Test
  void newFilesContent_isKept_andAnOldOnesIsNot() {
    String create =
        "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"ok\"}]},"
            + "\"toolUseResult\":{\"type\":\"%s\",\"filePath\":\"/w/ü.py\",\"content\":\"a\\nö\\n\",\"structuredPatch\":[]%s}}";
    EditOutput fresh = edit(create.formatted("create", ",\"originalFile\":null"));
    assertThat(fresh.newFile()).isTrue();
    assertThat(fresh.content()).isEqualTo("a\nö\n");
    assertThat(fresh.path()).isEqualTo("/w/ü.py");
    assertThat(edit(create.formatted("create", "")).content()).isEqualTo("a\nö\n");
    assertThat(edit(create.formatted("update", ",\"originalFile\":null")).newFile()).isFalse();
    assertThat(edit(create.formatted("update", ",\"originalFile\":\"a\\n\"")).content()).isNull();
  }

  private static EditOutput edit(String line) {
    EditOutput edit = readAs(ToolResult.class, line).edit();
    if (edit == null) {
      throw new AssertionError("no edit in " + line);
    }
    return edit;
  }

  @Test
  void gitOperation_isReadFromBash() {
    ToolResult result =
        readAs(
            ToolResult.class,
            """
                {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"ok"}]},
                "toolUseResult":{"stdout":"secret","stderr":"","interrupted":false,"gitOperation":
                {"commit":{"sha":"c95bdc9","kind":"committed","branch":"main"},"push":{"branch":"main"},
                "pr":{"number":70,"url":"https://github.com/a/b/pull/70","action":"created"}}}}""");

    assertThat(result.output())
        .isEqualTo(
            new GitOutput("c95bdc9", true, "main", "https://github.com/a/b/pull/70", "created"));
  }

  @Test
  void outputOfOtherTools_isSkipped() {
    assertThat(
            read(
                """
                {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]},
                "toolUseResult":{"stdout":"secret","stderr":""}}"""))
        .isNull();
    assertThat(
            read(
                """
                {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]},
                "toolUseResult":{"type":"text","file":{"filePath":"/w/a","content":"read only"}}}"""))
        .isNull();
  }

  @Test
  void pullRequestLink_isRead() {
    PullRequestLink link =
        readAs(
            PullRequestLink.class,
            "{\"type\":\"pr-link\",\"sessionId\":\"s\",\"prNumber\":3,\"prUrl\":\"https://github.com/a/b/pull/3\"}");
    assertThat(link.url()).isEqualTo("https://github.com/a/b/pull/3");
  }

  @Test
  void timestamps_areThoseOfJavaTime() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      Instant time = Instant.ofEpochMilli(random.nextLong(0, 4_102_444_800_000L));
      String text = time.toString();
      assertThat(Timestamps.unixNanos(text))
          .isEqualTo(time.getEpochSecond() * 1_000_000_000L + time.getNano());
      String padded = text.length() == 20 ? text.replace("Z", ".000Z") : text;
      assertThat(Timestamps.unixNanos(padded)).isEqualTo(Timestamps.unixNanos(text));
    }
    assertThat(Timestamps.unixNanos("2026-13-45T99:99:99.999X")).isZero();
    assertThat(Timestamps.unixNanos("")).isZero();
    assertThat(Timestamps.unixNanos("2026-11-22T16:12:1x.026Z")).isZero();
  }
}

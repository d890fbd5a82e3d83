package dev.assay.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.agent.capture.HookRecord;
import dev.assay.agent.observe.Observation;
import dev.assay.agent.observe.Observation.AppliedEdit;
import dev.assay.agent.observe.Observer;
import dev.assay.agent.status.Complaints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookListenerTest {
  private final Complaints complaints =
      new Complaints(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  private final List<HookRecord> taken = new ArrayList<>();
  private HookListener listener = new HookListener(0, taken::add, complaints);

  HookListenerTest() throws IOException {}

  @BeforeEach
  void begin() {
    taken.clear();
  }

  @AfterEach
  void close() {
    listener.close();
  }

  /** The status line of the answer. */
  private String send(String method, String headers, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      String head =
          "%s /hook HTTP/1.1\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n"
              .formatted(method, headers, body.length);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      try {
        out.write(body);
        out.flush();
      } catch (IOException refusedEarly) {
        // the answer is there all the same
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.substring(0, answer.indexOf("\r\n"));
    }
  }

  private String post(String body) throws IOException {
    return send(
        "POST",
        "Host: 127.0.0.1:" + listener.port() + "\r\n",
        body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-code-2.1.197", "claude-code-2.1.330"})
  void realHooks_tellTheEditsOfTheirTranscript(String client) throws IOException {
    Path hooks =
        Path.of(System.getProperty("assay.testdata", "../testdata"))
            .resolve("captures/" + client + "/headless-grpc/hooks-http.jsonl");
    for (String line : Files.readAllLines(hooks)) {
      assertThat(post(line)).isEqualTo("HTTP/1.1 200 OK");
    }
    List<Observation> out = new ArrayList<>();
    Observer observer = new Observer(out::add, complaints);
    taken.forEach(hook -> observer.hook(hook, 5, 3));

    assertThat(out)
        .filteredOn(AppliedEdit.class::isInstance)
        .map(AppliedEdit.class::cast)
        .extracting(AppliedEdit::tool, AppliedEdit::linesAdded, edit -> edit.context().hook())
        .containsExactly(
            tuple("Write", 13, true), tuple("Edit", 4, true), tuple("NotebookEdit", 2, true));
    assertThat(complaints.counts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"Edit\",\"tool_use_id\":\"t\"}",
        "{\"hook_event_name\":\"PostToolUse\",\"session_id\":\"s\",\"tool_name\":\"Bash\",\"tool_use_id\":\"t\",\"tool_response\":{\"stdout\":\"x\"}}",
        "{\"hook_event_name\":\"PostToolUse\",\"session_id\":\"s\",\"tool_name\":\"Write\",\"tool_use_id\":\"t\",\"tool_response\":{\"filePath\":\"/w/a\",\"success\":true}}",
        "{}"
      })
  void hooksOfNoUse_areAnsweredAndLeft(String body) throws IOException {
    assertThat(post(body)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(taken).isEmpty();
  }

  @Test
  void foreignHosts_webPages_andOtherMethods_areRefused() throws IOException {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(send("POST", "Host: evil.example.com\r\n", body)).contains(" 403 ");
    assertThat(send("POST", "Host: localhost.evil.example.com\r\n", body)).contains(" 403 ");
    assertThat(send("POST", "Host: localhost\r\nOrigin: https://x.example\r\n", body))
        .contains(" 403 ");
    assertThat(send("GET", "Host: localhost\r\n", new byte[0])).contains(" 405 ");
    assertThat(send("POST", "Host: LocalHost:1\r\n", body)).contains(" 200 ");
    assertThat(complaints.counts()).containsEntry("hook-foreign", 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "not json", "\u0000\u0001", "[]", "{\"session_id\":"})
  void whatIsNoHook_isRefusedAndCounted(String body) throws IOException {
    assertThat(post(body)).contains(" 400 ");
    assertThat(complaints.counts()).containsEntry("hook-malformed", 1L);
  }

  @Test
  void tooLargeABody_isRefused() throws IOException {
    String body = "{\"x\":\"" + "y".repeat(HookListener.LIMIT_BODY_BYTES) + "\"}";
    assertThat(post(body)).contains(" 413 ");
    assertThat(complaints.counts()).containsEntry("hook-too-large", 1L);
  }

  @Test
  void fullQueue_isSaid() throws IOException {
    listener.close();
    listener = new HookListener(0, record -> false, complaints);
    Path hooks =
        Path.of(System.getProperty("assay.testdata", "../testdata"))
            .resolve("captures/claude-code-2.1.330/headless-grpc/hooks-http.jsonl");
    assertThat(post(Files.readAllLines(hooks).get(0))).contains(" 503 ");
  }

  @Test
  void takenPort_isAnError() {
    assertThatThrownBy(() -> new HookListener(listener.port(), taken::add, complaints))
        .isInstanceOf(IOException.class);
  }
}

package dev.assay.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.access.RateLimit;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.receiver.access.Tokens;
import dev.assay.web.sample.AcmeServer;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for tokens, as programs and as browsers meet it. */
class LoginTest {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> answers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private AcmeServer server;

  private String read = "";
  private String ingest = "";
  private TokenFile file = new TokenFile(Path.of("none"));

  @BeforeEach
  void start() throws Exception {
    file = new TokenFile(folder.resolve("tokens"));
    read = file.create("payments", Set.of(Scope.READ), Instant.EPOCH).token();
    ingest = file.create("payments", Set.of(Scope.INGEST), Instant.EPOCH).token();
    Tokens tokens = Tokens.open(folder.resolve("tokens"), RateLimit.none(), System::nanoTime);
    server = AcmeServer.guarded(folder.resolve("data"), tokens);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void program_needsATokenThatMayRead() throws Exception {
    for (String path :
        new String[] {
          "/",
          "/api/v1/summary",
          "/metrics",
          "/v1/organizations/usage_report/claude_code",
          "/nothing"
        }) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(get(path, "Authorization", "Bearer nobody").statusCode()).isEqualTo(401);
      assertThat(get(path, "Authorization", "Bearer " + ingest).statusCode()).isEqualTo(403);
      assertThat(get(path, "Authorization", "Bearer " + read).statusCode())
          .as(path)
          .isNotIn(401, 403);
    }
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/metrics", "Authorization", "Bearer " + read).body()).contains("assay");
    // Nothing that was answered, metrics and error pages included, has a secret in it.
    assertThat(answers).noneMatch(text -> text.contains(read) || text.contains(ingest));
  }

  @Test
  void browser_isSentToTheForm_andGetsACookie() throws Exception {
    HttpResponse<String> first = get("/", "Accept", "text/html");
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("location").orElseThrow()).endsWith("/login");
    assertThat(get("/login").body()).contains("<form method=\"post\" action=\"/login\">");
    assertThat(get("/login").body()).contains("\"/assets/base.css\"", "\"/assets/parts.css\"");
    assertThat(get("/assets/base.css").statusCode()).as("without a token").isEqualTo(200);
    assertThat(get("/assets/parts.css").statusCode()).isEqualTo(200);

    assertThat(logIn("nobody").statusCode()).isEqualTo(401);
    assertThat(logIn(ingest).statusCode()).isEqualTo(403);
    HttpResponse<String> in = logIn(read);
    assertThat(in.statusCode()).isEqualTo(303);
    String cookie = in.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain(read);

    String session = cookie.substring(0, cookie.indexOf(';'));
    assertThat(get("/", "Accept", "text/html", "Cookie", session).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/summary", "Cookie", session).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/summary", "Cookie", session + "x").statusCode()).isEqualTo(401);

    assertThat(post("/logout", "", "Cookie", session).statusCode()).isEqualTo(303);
    assertThat(get("/api/v1/summary", "Cookie", session).statusCode()).isEqualTo(401);
    assertThat(answers).noneMatch(text -> text.contains(read) || text.contains(ingest));
  }

  @Test
  void sessions_endAfterADay_andAreBounded() {
    long[] nanos = {0};
    Sessions sessions = new Sessions(() -> nanos[0]);
    String first = sessions.begin("a");
    nanos[0] = Sessions.LIMIT_SECONDS * 1_000_000_000L;
    assertThat(sessions.tokenOf(first)).isEqualTo("a");
    nanos[0]++;
    assertThat(sessions.tokenOf(first)).isNull();

    String oldest = sessions.begin("a");
    for (int i = 1; i < Sessions.LIMIT; i++) {
      sessions.begin("b");
    }
    assertThat(sessions.tokenOf(oldest)).isEqualTo("a");
    sessions.begin("c");
    assertThat(sessions.tokenOf(oldest)).isNull();
  }

  private HttpResponse<String> logIn(String token) throws Exception {
    return post(
        "/login",
        "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(server.address(path)), headers);
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(server.address(path))
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    answers.add(answer.headers().map() + answer.body());
    return answer;
  }
}

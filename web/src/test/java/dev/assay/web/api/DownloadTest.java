package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DownloadTest {
  private static final byte[] LINE = "a line of a file\n".getBytes(StandardCharsets.UTF_8);
  private static final int LINES = 1_000;

  @Test
  void beginning_isSentWhileTheRestIsStillLookedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    answering(
        out -> {
          lines(out, 200); // 3,000 bytes: more than is sent first, fewer than are collected later
          if (!await(begun)) {
            throw new IllegalStateException("nobody saw the beginning");
          }
          lines(out, LINES - 200);
        },
        address -> {
          HttpResponse<InputStream> answer = get(address, "identity");
          try (InputStream body = answer.body()) {
            assertThat(body.read()).isEqualTo('a');
            begun.countDown();
            assertThat(body.readAllBytes()).hasSize(LINES * LINE.length - 1);
          }
        });
  }

  @Test
  void whoTakesGzip_getsIt() throws Exception {
    answering(
        out -> lines(out, LINES),
        address -> {
          HttpResponse<InputStream> answer = get(address, "gzip");
          assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
          try (InputStream body = new GZIPInputStream(answer.body())) {
            assertThat(body.readAllBytes()).hasSize(LINES * LINE.length);
          }
        });
  }

  private interface Asking {
    void at(URI address) throws Exception;
  }

  private static void answering(Download.Content content, Asking asking) throws Exception {
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get("/file", ctx -> Download.send(ctx, "file", "text/plain", content));
            });
    server.start("127.0.0.1", 0);
    try {
      asking.at(URI.create("http://127.0.0.1:" + server.port() + "/file"));
    } finally {
      server.stop();
    }
  }

  private static HttpResponse<InputStream> get(URI address, String encoding) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept-Encoding", encoding).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static void lines(OutputStream out, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      out.write(LINE);
    }
  }
}

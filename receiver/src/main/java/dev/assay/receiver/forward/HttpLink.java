package dev.assay.receiver.forward;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.receiver.tls.ClientTls;
import dev.assay.receiver.tls.TlsTrouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** OTLP over HTTP, as protobuf, with the JDK's client. It follows no redirections. */
final class HttpLink implements Link {
  /** Of an answer's body; a partial success is far shorter. */
  private static final int LIMIT_ANSWER_BYTES = 64 * 1024;

  private final ForwardOptions to;
  private final HttpClient client;
  private final boolean secured;
  private final InstantSource clock;

  /**
   * @param clock for a Retry-After that is a date
   */
  HttpLink(ForwardOptions to, @Nullable ClientTls tls, InstantSource clock) {
    this.to = to;
    this.clock = clock;
    secured = tls != null;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(to.timeout());
    client = tls == null ? builder.build() : builder.sslContext(tls.context()).build();
  }

  @Override
  public Answer send(ForwardedSignal signal, byte[] message) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(signal))
            .timeout(to.timeout())
            .header("Content-Type", "application/x-protobuf");
    to.headers().forEach(request::header);
    if (to.gzip()) {
      request.header("Content-Encoding", "gzip");
    }
    request.POST(HttpRequest.BodyPublishers.ofByteArray(to.gzip() ? gzip(message) : message));
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(signal, response, body.readNBytes(LIMIT_ANSWER_BYTES));
      }
    } catch (HttpTimeoutException e) {
      return new Answer.Later("timeout", 0);
    } catch (IOException e) {
      TlsTrouble trouble = TlsTrouble.of(e);
      if (trouble != null) {
        return Answer.Later.of(trouble);
      }
      return secured && !(e instanceof ConnectException)
          ? Answer.Later.ended("connection")
          : new Answer.Later("connection", 0);
    }
  }

  private URI address(ForwardedSignal signal) {
    String base = to.endpoint().toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + signal.path());
  }

  /** The OTLP specification's table of what may be sent again. */
  private Answer answer(ForwardedSignal signal, HttpResponse<?> response, byte[] body) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      try {
        return new Answer.Taken(signal.rejected(body));
      } catch (InvalidProtocolBufferException e) {
        return new Answer.Taken(0); // An answer that nobody understands: no reason to send again.
      }
    }
    String why = Integer.toString(status);
    return switch (status) {
      case 429, 502, 503, 504 ->
          new Answer.Later(
              why,
              response
                  .headers()
                  .firstValue("Retry-After")
                  .map(value -> retryMillis(value, clock.instant()))
                  .orElse(0L));
      default -> new Answer.Never(why);
    };
  }

  /** Of a Retry-After, which is seconds or a date; 0 where it is neither. */
  static long retryMillis(String value, Instant now) {
    String text = value.strip();
    try {
      return Math.max(0, Math.multiplyExact(Long.parseLong(text), 1000L));
    } catch (NumberFormatException | ArithmeticException e) {
      try {
        Instant then =
            Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(text));
        return Math.max(0, Duration.between(now, then).toMillis());
      } catch (DateTimeException neither) {
        return 0;
      }
    }
  }

  private static byte[] gzip(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
      gzip.write(message);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all that is written", e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    // The client ends with its last request; each has a timeout.
  }
}

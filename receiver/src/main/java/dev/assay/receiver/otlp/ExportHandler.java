package dev.assay.receiver.otlp;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers the three paths of OTLP over HTTP. */
final class ExportHandler extends Handler.Abstract {
  /** Of a refused request; who sends more than this is cut off. */
  private static final long LIMIT_DRAIN_BYTES = 64L << 20;

  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  private final OtlpOptions options;
  private final Ingest ingest;
  private final Gate gate;
  private final Answers answers;
  private final HostCheck hosts;

  ExportHandler(OtlpOptions options, Ingest ingest, Gate gate, Answers answers) {
    this.options = options;
    this.ingest = ingest;
    this.gate = gate;
    this.answers = answers;
    this.hosts = new HostCheck(options.allowedHosts());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Signal signal = signal(Request.getPathInContext(request));
    Encoding encoding = Encoding.of(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    try {
      if (!hosts.allows(Request.getServerName(request))) {
        throw new Refused(
            Cause.FOREIGN_HOST, "the Host of the request is not one of this receiver's");
      }
      if (signal == null) {
        throw new Refused(
            Cause.NO_SUCH_PATH, "there are /v1/logs, /v1/metrics and /v1/traces, nothing else");
      }
      if (!HttpMethod.POST.is(request.getMethod())) {
        response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.POST.asString());
        throw new Refused(Cause.NOT_A_POST, "exports are sent with POST");
      }
      if (encoding == null) {
        throw new Refused(
            Cause.MEDIA_TYPE,
            "the Content-Type must be application/x-protobuf or application/json");
      }
      answers.send(response, callback, encoding, 200, export(signal, encoding, request));
    } catch (Refused refused) {
      drain(request);
      answers.refuse(response, callback, signal, encoding, refused);
    }
    return true;
  }

  private Message export(Signal signal, Encoding encoding, Request request) throws Refused {
    try (Gate.Place place = gate.enter()) {
      byte[] bytes = body(request, place);
      return ingest.accept(signal, Protocol.of(encoding), encoding, bytes);
    }
  }

  private byte[] body(Request request, Gate.Place place) throws Refused {
    int limit = options.limitMessageBytes();
    long length = request.getLength();
    if (length > limit) {
      throw Body.tooLarge(limit);
    }
    boolean gzip = gzip(request);
    try (InputStream raw = Request.asInputStream(request)) {
      if (!gzip) {
        return Body.read(raw, (int) length, limit, place);
      }
      // Room for the compressed bytes is not taken: they are read in small pieces.
      try (InputStream in = gunzip(new LimitedInput(raw, limit))) {
        return Body.read(in, -1, limit, place);
      } catch (java.util.zip.ZipException | java.io.EOFException e) {
        throw Body.damaged("the body is no gzip");
      } catch (LimitedInput.LimitExceededException e) {
        throw Body.tooLarge(limit);
      }
    } catch (IOException e) {
      throw new Refused(Cause.INCOMPLETE, "the body did not arrive in time, or not whole");
    }
  }

  /**
   * Reads what is left of a refused request and forgets it. A sender that is still writing when the
   * connection ends never sees the answer, and would send the same again.
   */
  private static void drain(Request request) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return; // It waits for leave to send, and does not get it.
    }
    try (InputStream in = Request.asInputStream(request)) {
      in.skip(LIMIT_DRAIN_BYTES);
    } catch (IOException e) {
      // It stopped sending: then it is reading, or gone.
    }
  }

  private static InputStream gunzip(InputStream in) throws IOException {
    return new GZIPInputStream(in, 8192);
  }

  private static boolean gzip(Request request) throws Refused {
    List<String> encodings =
        request.getHeaders().getFields(HttpHeader.CONTENT_ENCODING).stream()
            .map(HttpField::getValue)
            .map(value -> value.strip().toLowerCase(java.util.Locale.ROOT))
            .filter(value -> !value.isEmpty() && !value.equals("identity"))
            .toList();
    if (encodings.isEmpty()) {
      return false;
    }
    if (encodings.size() == 1 && GZIP.contains(encodings.get(0))) {
      return true;
    }
    throw new Refused(Cause.CONTENT_ENCODING, "the Content-Encoding must be gzip or none");
  }

  private static @Nullable Signal signal(String path) {
    for (Signal signal : Signal.values()) {
      if (signal.path().equals(path)) {
        return signal;
      }
    }
    return null;
  }
}

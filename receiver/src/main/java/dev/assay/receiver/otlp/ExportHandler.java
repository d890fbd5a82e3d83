package dev.assay.receiver.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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
  private final int limitBytes;
  private final int bodyMillis;
  private final Ingest ingest;
  private final Gate gate;
  private final Arrivals arrivals;
  private final Entrance entrance;
  private final Answers answers;
  private final HostCheck hosts;
  private final Executor workers;
  private final Patience patience = new Patience();

  /**
   * @param workers decode and commit, which may take long, so that others can be answered, and
   *     refused, meanwhile
   */
  ExportHandler(
      OtlpOptions options,
      Ingest ingest,
      Gate gate,
      Arrivals arrivals,
      Entrance entrance,
      Answers answers,
      Executor workers) {
    this.workers = workers;
    this.limitBytes = options.http().limitMessageBytes();
    this.bodyMillis = options.limits().bodyMillis();
    this.ingest = ingest;
    this.gate = gate;
    this.arrivals = arrivals;
    this.entrance = entrance;
    this.answers = answers;
    this.hosts = new HostCheck(options.allowedHosts());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Signal signal = signal(Request.getPathInContext(request));
    Encoding encoding = Encoding.of(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    Arrivals.Arrival arrival;
    Refused full = null;
    try {
      arrival = arrivals.enter();
    } catch (Refused refused) {
      full = refused;
      arrival = arrivals.none();
    }
    Callback answered = Callback.from(callback, arrival::close);
    Export export = new Export(request, response, answered, signal, encoding);
    ArrivingBody body = new ArrivingBody(request, arrival, limitBytes, bodyMillis, export);
    try {
      if (full != null) {
        throw full;
      }
      export.check();
      body.run();
    } catch (Refused refused) {
      body.forget(refused);
    }
    return true;
  }

  private static @Nullable Signal signal(String path) {
    for (Signal signal : Signal.values()) {
      if (signal.path().equals(path)) {
        return signal;
      }
    }
    return null;
  }

  /** One request. */
  private final class Export implements ArrivingBody.Outcome {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final @Nullable Signal signal;
    private final @Nullable Encoding encoding;
    private Compression compression = Compression.NONE;

    Export(
        Request request,
        Response response,
        Callback callback,
        @Nullable Signal signal,
        @Nullable Encoding encoding) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.signal = signal;
      this.encoding = encoding;
    }

    /** What its head alone tells. */
    void check() throws Refused {
      // Where a token is asked for, a foreign page has none: no name need be known.
      if (!entrance.guarded() && !hosts.allows(Request.getServerName(request))) {
        throw new Refused(
            Cause.FOREIGN_HOST, "the Host of the request is not one of this receiver's");
      }
      entrance.admit(request.getHeaders().get(HttpHeader.AUTHORIZATION));
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
      compression =
          Compression.of(
              request.getHeaders().getFields(HttpHeader.CONTENT_ENCODING).stream()
                  .map(HttpField::getValue)
                  .toList());
      if (request.getLength() > limitBytes) {
        throw Body.tooLarge(limitBytes);
      }
    }

    @Override
    public void whole(byte[] body) {
      long cameNanos = System.nanoTime();
      try {
        workers.execute(
            () -> {
              try {
                accept(body, cameNanos);
              } catch (Throwable fault) { // nobody else would answer, or give its place back
                callback.failed(fault);
                throw fault;
              }
            });
      } catch (RejectedExecutionException e) {
        refused(new Refused(Cause.STOPPING, "the receiver is ending"));
      }
    }

    private void accept(byte[] body, long cameNanos) {
      if (signal == null || encoding == null) {
        throw new IllegalStateException("was refused before");
      }
      Ingest.Accepted accepted;
      try (Gate.Place place = gate.enter()) {
        patience.expectPrompt(cameNanos);
        byte[] bytes = decompressed(body, place);
        accepted = ingest.accept(signal, Protocol.of(encoding), encoding, bytes);
      } catch (Refused why) {
        refused(why);
        return;
      }
      Encoding known = encoding;
      long left = accepted.leftNanos();
      if (left > 0) { // no thread waits
        var unused =
            request
                .getComponents()
                .getScheduler()
                .schedule(() -> sendHeld(known, accepted), left, TimeUnit.NANOSECONDS);
      } else {
        answers.send(response, callback, encoding, 200, accepted.answer());
      }
    }

    private void sendHeld(Encoding known, Ingest.Accepted accepted) {
      try {
        answers.send(response, callback, known, 200, accepted.answer());
      } catch (Throwable fault) { // as in whole: on the scheduler nobody would hear of it
        callback.failed(fault);
        throw fault;
      }
    }

    @Override
    public void refused(Refused why) {
      if (why.why() == Cause.INCOMPLETE) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      answers.refuse(response, callback, signal, encoding, why);
    }

    private byte[] decompressed(byte[] body, Gate.Place place) throws Refused {
      if (compression == Compression.NONE) {
        place.grow(body.length);
        return body;
      }
      try (InputStream in = compression.open(new ByteArrayInputStream(body))) {
        return Body.read(in, -1, limitBytes, place);
      } catch (IOException e) {
        throw Body.damaged("the body is not what its Content-Encoding says");
      }
    }
  }
}

package dev.assay.receiver.otlp;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers over HTTP: what OTLP asks for is a message in the request's own encoding, also for
 * errors (google.rpc.Status).
 */
final class Answers {
  private final Counters counters;

  Answers(Counters counters) {
    this.counters = counters;
  }

  void send(Response response, Callback callback, Encoding encoding, int status, Message message) {
    byte[] body = encoding.write(message);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, encoding.mediaType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  void refuse(
      Response response,
      Callback callback,
      @Nullable Signal signal,
      @Nullable Encoding encoding,
      Refused refused) {
    counters.refused(
        signal == null ? "other" : signal.label(),
        encoding == null ? Protocol.HTTP : Protocol.of(encoding),
        refused.why());
    if (refused.why().retryable()) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, refused.retrySeconds());
    }
    if (refused.why() == Cause.CONTENT_ENCODING) {
      response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, Compression.ACCEPTED);
    }
    if (refused.why() == Cause.UNAUTHENTICATED) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    send(
        response,
        callback,
        encoding == null ? Encoding.JSON : encoding,
        refused.why().httpStatus(),
        refused.toStatus());
  }

  /**
   * For what Jetty itself refuses: requests that are no HTTP, and those that come while it ends.
   */
  ErrorHandler errorHandler() {
    return new ErrorHandler() {
      @Override
      protected void generateResponse(
          Request request,
          Response response,
          int code,
          @Nullable String message,
          @Nullable Throwable cause,
          Callback callback) {
        Encoding encoding = Encoding.of(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        refuse(response, callback, null, encoding, refusal(code));
      }
    };
  }

  private static Refused refusal(int code) {
    return switch (code) {
      case 503 -> new Refused(Cause.STOPPING, "the receiver is ending");
      case 408 -> new Refused(Cause.INCOMPLETE, "the request did not arrive in time");
      default ->
          code >= 500
              ? new Refused(Cause.INTERNAL, "a fault of the receiver; its log says which")
              : new Refused(Cause.MALFORMED, "the request is no HTTP that is understood here");
    };
  }
}

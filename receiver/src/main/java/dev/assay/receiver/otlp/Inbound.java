package dev.assay.receiver.otlp;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request as gRPC hands it over: still bytes, or why not. The library's own marshaller would
 * answer what is no protobuf with an internal error of its own, uncounted.
 */
final class Inbound implements AutoCloseable {
  private final Gate.Place place;
  private final byte[] bytes;
  private final @Nullable Refused refused;

  private Inbound(Gate.Place place, byte[] bytes, @Nullable Refused refused) {
    this.place = place;
    this.bytes = bytes;
    this.refused = refused;
  }

  /** The message, decompressed. */
  byte[] bytes() throws Refused {
    if (refused != null) {
      throw refused;
    }
    return bytes;
  }

  @Override
  public void close() {
    place.close();
  }

  /** Gives a request's room back however its call ends, also where it never came to be handled. */
  static <T> ServerCallHandler<Inbound, T> releasing(ServerCallHandler<Inbound, T> handler) {
    return (call, headers) ->
        new SimpleForwardingServerCallListener<>(handler.startCall(call, headers)) {
          private @Nullable Inbound held;

          @Override
          public void onMessage(Inbound message) {
            if (held == null) {
              held = message;
            } else {
              message.close(); // A second one: the call is in error.
            }
            super.onMessage(message);
          }

          @Override
          public void onCancel() {
            release();
            super.onCancel();
          }

          @Override
          public void onComplete() {
            release();
            super.onComplete();
          }

          private void release() {
            if (held != null) {
              held.close();
            }
          }
        };
  }

  /** Reads a request's bytes within the limits. */
  static final class Marshaller implements MethodDescriptor.Marshaller<Inbound> {
    private final int limitBytes;
    private final Gate gate;

    Marshaller(int limitBytes, Gate gate) {
      this.limitBytes = limitBytes;
      this.gate = gate;
    }

    @Override
    public Inbound parse(InputStream stream) {
      Gate.Place place = gate.enter();
      try {
        return new Inbound(place, Body.read(stream, sizeHint(stream), limitBytes, place), null);
      } catch (Refused e) {
        return new Inbound(place, new byte[0], e);
      } catch (StatusRuntimeException e) {
        boolean large = e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
        return new Inbound(
            place,
            new byte[0],
            large ? Body.tooLarge(limitBytes) : Body.damaged("the message cannot be decompressed"));
      } catch (IOException e) {
        return new Inbound(place, new byte[0], Body.damaged("the message cannot be decompressed"));
      }
    }

    private static int sizeHint(InputStream stream) throws IOException {
      return stream instanceof KnownLength ? stream.available() : -1;
    }

    @Override
    public InputStream stream(Inbound value) {
      throw new UnsupportedOperationException("requests are only received");
    }
  }
}

package dev.assay.receiver.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an endpoint's answers mean: the OTLP specification's tables, row by row. */
class LinkTest {
  private static final byte[] PARTIAL =
      ExportLogsServiceResponse.newBuilder()
          .setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(3))
          .build()
          .toByteArray();

  @ParameterizedTest
  @CsvSource({
    "1, -1, later", // cancelled
    "2, -1, never", // unknown
    "3, -1, never", // invalid argument
    "4, -1, later", // deadline exceeded
    "5, -1, never", // not found
    "6, -1, never", // already exists
    "7, -1, never", // permission denied
    "8, -1, never", // resource exhausted without RetryInfo
    "8, 7, later",
    "9, -1, never", // failed precondition
    "10, -1, later", // aborted
    "11, -1, later", // out of range
    "12, -1, never", // unimplemented
    "13, -1, never", // internal
    "14, -1, later", // unavailable
    "14, 9, later",
    "15, -1, later", // data loss
    "16, -1, never", // unauthenticated
  })
  void grpc(int code, long retrySeconds, String expected) throws Exception {
    Status.Builder status = Status.newBuilder().setCode(code);
    if (retrySeconds >= 0) {
      status.addDetails(
          Any.pack(
              RetryInfo.newBuilder()
                  .setRetryDelay(Duration.newBuilder().setSeconds(retrySeconds))
                  .build()));
    }
    Answer answer = grpcAnswer(status.build());
    if (expected.equals("later")) {
      assertThat(answer).isInstanceOf(Answer.Later.class);
      assertThat(((Answer.Later) answer).delayMillis()).isEqualTo(Math.max(0, retrySeconds) * 1000);
    } else {
      assertThat(answer).isInstanceOf(Answer.Never.class);
    }
  }

  @Test
  void grpc_partialSuccessIsTaken() throws Exception {
    assertThat(grpcAnswer(Status.getDefaultInstance())).isEqualTo(new Answer.Taken(3));
  }

  private static Answer grpcAnswer(Status status) throws Exception {
    LogsServiceGrpc.LogsServiceImplBase service =
        new LogsServiceGrpc.LogsServiceImplBase() {
          @Override
          public void export(
              ExportLogsServiceRequest request,
              StreamObserver<ExportLogsServiceResponse> response) {
            if (status.getCode() != 0) {
              response.onError(StatusProto.toStatusRuntimeException(status));
              return;
            }
            try {
              response.onNext(ExportLogsServiceResponse.parseFrom(PARTIAL));
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
              response.onError(e);
              return;
            }
            response.onCompleted();
          }
        };
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service)
            .build()
            .start();
    ForwardOptions to =
        ForwardOptions.to("otlp", true, URI.create("http://127.0.0.1:" + server.getPort()));
    try (Link link = new GrpcLink(to, null)) {
      return link.send(ForwardedSignal.LOGS, new byte[0]);
    } finally {
      server.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, taken",
    "202, taken",
    "301, never",
    "400, never",
    "401, never",
    "404, never",
    "413, never",
    "429, later",
    "500, never",
    "502, later",
    "503, later",
    "504, later",
  })
  void http(int status, String expected) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] sent = {1, 2, 3};
    boolean[] asSent = new boolean[1];
    server.createContext(
        "/base/v1/logs",
        exchange -> {
          try (GZIPInputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            asSent[0] =
                java.util.Arrays.equals(body.readAllBytes(), sent)
                    && "application/x-protobuf"
                        .equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                    && "Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          }
          exchange.getResponseHeaders().add("Retry-After", "11");
          exchange.getResponseHeaders().add("Location", "/base/v1/logs");
          exchange.sendResponseHeaders(status, PARTIAL.length);
          exchange.getResponseBody().write(PARTIAL);
          exchange.close();
        });
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/");
    ForwardOptions to =
        ForwardOptions.to("otlphttp", false, base)
            .withHeaders(java.util.Map.of("Authorization", "Bearer t"));
    try (Link link = new HttpLink(to, null, InstantSource.system())) {
      Answer answer = link.send(ForwardedSignal.LOGS, sent);
      assertThat(asSent[0]).isTrue();
      assertThat(answer)
          .isEqualTo(
              switch (expected) {
                case "taken" -> new Answer.Taken(3);
                case "later" -> new Answer.Later(Integer.toString(status), 11_000);
                default -> new Answer.Never(Integer.toString(status));
              });
    } finally {
      server.stop(0);
    }
    assertThat(to.toString()).doesNotContain("Bearer");
  }
}

package dev.assay.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.assay.receiver.access.RateLimit;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.otlp.OtlpReceiver;
import dev.assay.receiver.redaction.Redactions;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that comes too often, over both protocols: told when to come back, and counted. */
class RateLimitMetricsTest {
  @TempDir Path folder;

  @Test
  void burst_isTaken_andOnePastItIsRefusedForNow() throws Exception {
    TokenFile file = new TokenFile(folder.resolve("tokens"));
    String busy = file.create("busy", Set.of(Scope.INGEST), Instant.EPOCH).token();
    String other = file.create("other", Set.of(Scope.INGEST), Instant.EPOCH).token();
    // One in a thousand seconds: none comes back while this test runs.
    Tokens tokens =
        Tokens.open(folder.resolve("tokens"), new RateLimit(0.001, 2), System::nanoTime);
    OtlpOptions.Listen listen =
        new OtlpOptions.Listen("127.0.0.1", 0, null, true, OtlpOptions.LIMIT_MESSAGE_BYTES);
    try (Metrics metrics = new Metrics();
        Store store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false))) {
      OtlpReceiver receiver =
          new OtlpReceiver(
              new OtlpOptions(listen, listen, Set.of(), tokens, OtlpOptions.Limits.standard()),
              Redactions.none(),
              new Interpreter(),
              store,
              Forwarder.none(),
              metrics.meter("test"),
              InstantSource.system());
      receiver.start();
      try {
        assertThat(http(receiver, busy).statusCode()).isEqualTo(200);
        grpc(receiver, busy);

        HttpResponse<byte[]> refused = http(receiver, busy);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(900L, 1000L);
        assertThatThrownBy(() -> grpc(receiver, busy))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class, RateLimitMetricsTest::asksToComeBack);
        assertThat(http(receiver, other).statusCode()).as("each has its own").isEqualTo(200);
      } finally {
        receiver.shutdown(Duration.ofSeconds(5));
      }
      Map<String, Long> requests = new TreeMap<>();
      for (Metrics.Count count : metrics.counts("assay_otlp_requests")) {
        requests.merge(
            count.labels().get("protocol") + " " + count.labels().get("outcome"),
            count.value(),
            Long::sum);
      }
      assertThat(requests)
          .isEqualTo(
              Map.of(
                  "grpc accepted", 1L,
                  "grpc rate-limited", 1L,
                  "http/protobuf accepted", 2L,
                  "http/protobuf rate-limited", 1L));
    }
  }

  private static void asksToComeBack(StatusRuntimeException e) {
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    try {
      RetryInfo info =
          Objects.requireNonNull(StatusProto.fromThrowable(e))
              .getDetails(0)
              .unpack(RetryInfo.class);
      assertThat(Durations.toSeconds(info.getRetryDelay())).isBetween(900L, 1000L);
    } catch (com.google.protobuf.InvalidProtocolBufferException none) {
      throw new AssertionError("no RetryInfo", none);
    }
  }

  private static HttpResponse<byte[]> http(OtlpReceiver to, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.httpPort() + "/v1/logs"))
                .header("Content-Type", "application/x-protobuf")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void grpc(OtlpReceiver to, String token) {
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + to.grpcPort(), InsecureChannelCredentials.create())
            .build();
    try {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      ClientCalls.blockingUnaryCall(
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
          LogsServiceGrpc.getExportMethod(),
          CallOptions.DEFAULT,
          ExportLogsServiceRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }
}

package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.store.fact.DecisionObservation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than the receiver takes; bench/overload is the long form. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang, not a measurement
class OverloadTest {
  private static final int SENDERS = 64;
  private static final int EACH = 12;
  private static final int LIMIT_REQUESTS = 16;
  private static final int LIMIT_BYTES = 256 * 1024;
  private static final int MESSAGE_BYTES = 40_000;

  private final RecordingStore store = new RecordingStore();
  private final MeterReader reader = new MeterReader();
  private final SdkMeterProvider meters =
      SdkMeterProvider.builder().registerMetricReader(reader).build();
  private final OtlpReceiver receiver =
      new OtlpReceiver(
          OtlpOptions.loopback(0, 0)
              .withMessageBytes(LIMIT_BYTES)
              .withLimits(
                  OtlpOptions.Limits.standard()
                      .withPendingBytes(LIMIT_BYTES)
                      .withRequests(LIMIT_REQUESTS)),
          new Interpreter(),
          store,
          meters.get("test"),
          InstantSource.system());

  @AfterEach
  void stop() {
    receiver.shutdown(Duration.ofSeconds(5));
    meters.close();
  }

  /**
   * The store stands still until many were refused, then goes on; each sender sends again until it
   * is acknowledged. All refused were told when to come back, no more was under way than may be,
   * and what was acknowledged is there once.
   */
  @Test
  void refused_areToldWhen_andNothingAcknowledgedIsMissing() throws Exception {
    receiver.start();
    AtomicInteger refusals = new AtomicInteger();
    ConcurrentLinkedQueue<String> untold = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(4 * SENDERS);
    store.holdNextCommits(1);
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    try (Sender sender = new Sender(receiver)) {
      List<Future<?>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int number = i;
        sending.add(
            threads.submit(
                () -> {
                  for (int each = 0; each < EACH; each++) {
                    byte[] message = decision("toolu_" + number + "_" + each);
                    while (!acknowledged(sender, number % 2 == 0, message, untold)) {
                      refusals.incrementAndGet();
                      enough.countDown();
                      Thread.sleep(5); // sooner than it was told to: overload
                    }
                  }
                  return null;
                }));
      }
      long most = 0;
      while (!enough.await(10, TimeUnit.MILLISECONDS)) {
        most = Math.max(most, reader.gauge("assay.otlp.bytes.pending"));
        assertThat(reader.gauge("assay.otlp.requests.pending"))
            .isLessThanOrEqualTo(LIMIT_REQUESTS + 1); // one that is being turned away
      }
      assertThat(most).isPositive().isLessThanOrEqualTo(LIMIT_BYTES);
      store.release();
      for (Future<?> each : sending) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(refusals.get()).isGreaterThanOrEqualTo(4 * SENDERS);
    assertThat(untold).isEmpty();
    assertThat(
            store.committed().stream()
                .filter(DecisionObservation.class::isInstance)
                .map(observation -> ((DecisionObservation) observation).toolUseId()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, SENDERS)
                .boxed()
                .flatMap(
                    number ->
                        IntStream.range(0, EACH).mapToObj(each -> "toolu_" + number + "_" + each))
                .toList());
    assertThat(reader.gauge("assay.store.queue.requests")).isZero();
    assertThat(reader.gauge("assay.store.queue.observations")).isZero();
  }

  /** What waited so long for a thread that nobody may wait for it any more is not begun. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestThatWaitedTooLong_isRefused_andThoseBeforeItAreNot(boolean grpc) throws Exception {
    int threadsOfTheEndpoint = 32;
    OtlpReceiver roomy = roomy();
    roomy.start();
    CountDownLatch committing = store.holdNextCommits(threadsOfTheEndpoint);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Sender sender = new Sender(roomy)) {
      List<Future<Boolean>> before = new ArrayList<>();
      for (int i = 0; i < threadsOfTheEndpoint; i++) {
        byte[] message = decision("toolu_" + i);
        before.add(
            threads.submit(
                () -> acknowledged(sender, grpc, message, new ConcurrentLinkedQueue<>())));
      }
      committing.await();
      assertThat(reader.gauge("assay.store.queue.requests")).isEqualTo(threadsOfTheEndpoint);
      Future<Boolean> late =
          threads.submit(
              () -> acknowledged(sender, grpc, decision("late"), new ConcurrentLinkedQueue<>()));
      while (reader.gauge("assay.otlp.requests.pending") <= threadsOfTheEndpoint) {
        Thread.sleep(5);
      }
      Thread.sleep(2 * Patience.LIMIT_MILLIS); // from when its body is whole, a little later
      store.release();
      assertThat(late.get()).isFalse();
      for (Future<Boolean> each : before) {
        assertThat(each.get()).isTrue();
      }
      assertThat(acknowledged(sender, grpc, decision("late"), new ConcurrentLinkedQueue<>()))
          .isTrue();
    } finally {
      threads.shutdownNow();
      roomy.shutdown(Duration.ofSeconds(5));
    }
  }

  /**
   * Where the store presses back, answers come later, and no thread waits with them: more are
   * committed than the endpoint has threads before the first is answered. What brings nothing to
   * keep is answered meanwhile.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersAreHeldBack_asLongAsTheStoreSays(boolean grpc) throws Exception {
    Duration pressure = Duration.ofSeconds(4);
    OtlpReceiver roomy = roomy();
    roomy.start();
    store.press(pressure);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Sender sender = new Sender(roomy)) {
      List<Future<Long>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        byte[] message = decision("toolu_" + i);
        sending.add(
            threads.submit(
                () -> {
                  long began = System.nanoTime();
                  assertThat(acknowledged(sender, grpc, message, new ConcurrentLinkedQueue<>()))
                      .isTrue();
                  return System.nanoTime() - began;
                }));
      }
      while (decisions() < SENDERS && sending.stream().noneMatch(Future::isDone)) {
        Thread.sleep(5);
      }
      byte[] nothing = ExportLogsServiceRequest.getDefaultInstance().toByteArray();
      assertThat(acknowledged(sender, grpc, nothing, new ConcurrentLinkedQueue<>())).isTrue();
      assertThat(sending).noneMatch(Future::isDone);
      for (Future<Long> each : sending) {
        assertThat(each.get()).isGreaterThanOrEqualTo(pressure.toNanos());
      }
    } finally {
      threads.shutdownNow();
      roomy.shutdown(Duration.ofSeconds(5));
    }
  }

  /** One with the limits that hold where nothing is said. */
  private OtlpReceiver roomy() {
    return new OtlpReceiver(
        OtlpOptions.loopback(0, 0),
        new Interpreter(),
        store,
        meters.get("roomy"),
        InstantSource.system());
  }

  private long decisions() {
    return store.committed().stream().filter(DecisionObservation.class::isInstance).count();
  }

  private static boolean acknowledged(
      Sender sender, boolean grpc, byte[] message, ConcurrentLinkedQueue<String> untold)
      throws Exception {
    if (!grpc) {
      HttpResponse<byte[]> answer = sender.http(Signal.LOGS, Encoding.PROTOBUF, message);
      if (answer.statusCode() == 200) {
        return true;
      }
      if (answer.statusCode() != 503 || answer.headers().firstValue("retry-after").isEmpty()) {
        untold.add("HTTP " + answer.statusCode());
      }
      return false;
    }
    try {
      sender.grpc(Signal.LOGS, message, false);
      return true;
    } catch (StatusRuntimeException refused) {
      Status said = StatusProto.fromThrowable(refused);
      if (said == null
          || said.getDetailsList().stream().noneMatch(detail -> detail.is(RetryInfo.class))) {
        untold.add(refused.getStatus().toString());
      }
      return false;
    }
  }

  /** A decision, and a text that is withheld, so that it has some size. */
  static byte[] decision(String id) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            io.opentelemetry.proto.logs.v1.ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .setTimeUnixNano(1_790_000_000_000_000_000L)
                                .setBody(
                                    AnyValue.newBuilder()
                                        .setStringValue("claude_code.tool_decision"))
                                .addAttributes(text("session.id", "s"))
                                .addAttributes(text("tool_use_id", id))
                                .addAttributes(text("tool_name", "Edit"))
                                .addAttributes(text("decision", "accept"))
                                .addAttributes(text("source", "config"))
                                .addAttributes(text("prompt", "x".repeat(MESSAGE_BYTES))))))
        .build()
        .toByteArray();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}

package dev.assay.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.assay.receiver.forward.ForwardOptions;
import dev.assay.receiver.forward.ForwardedSignal;
import dev.assay.receiver.forward.Forwarder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What is not passed on is counted, by its reason: every request that was given has an end. */
class ForwardMetricsTest {
  private static final int LIMIT_REQUESTS = 3;

  private final CountDownLatch inHand = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.assay.receiver.forward");

  @SuppressWarnings("NullAway.Init")
  private HttpServer backend;

  @BeforeEach
  void backendThatAnswersWhenItIsLetTo() throws Exception {
    log.start();
    logger.addAppender(log);
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          inHand.countDown();
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    backend.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    backend.stop(0);
    logger.detachAppender(log);
  }

  @ParameterizedTest
  @EnumSource(ForwardOptions.Overflow.class)
  void overflow_andWhatWaitsAtTheEnd_areCountedApart(ForwardOptions.Overflow overflow)
      throws Exception {
    byte[] request = Files.readAllBytes(capture());
    try (Metrics metrics = new Metrics()) {
      Forwarder forwarder = forwarder(metrics, overflow);
      forwarder.start();
      forwarder.give(ForwardedSignal.LOGS, request);
      assertThat(inHand.await(1, TimeUnit.MINUTES)).isTrue();
      forwarder.give(ForwardedSignal.LOGS, request);
      forwarder.give(ForwardedSignal.LOGS, request);
      assertThat(ended(metrics)).as("at the limit").isEmpty();

      forwarder.give(ForwardedSignal.LOGS, request);
      assertThat(ended(metrics)).as("one past it").containsOnlyKeys("dropped queue-full");
      forwarder.shutdown(Duration.ZERO);

      assertThat(ended(metrics))
          .hasSize(2)
          .containsEntry("dropped queue-full", 1L)
          .containsEntry("dropped stopped", 3L);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .contains("exporters.otlphttp: 3 requests could not be passed on in time");
    }
  }

  @Test
  void whatWaits_isSentAtAnOrderlyEnd() throws Exception {
    byte[] request = Files.readAllBytes(capture());
    try (Metrics metrics = new Metrics()) {
      Forwarder forwarder = forwarder(metrics, ForwardOptions.Overflow.DROP_NEWEST);
      forwarder.start();
      for (int i = 0; i < LIMIT_REQUESTS; i++) {
        forwarder.give(ForwardedSignal.LOGS, request);
      }
      released.countDown();
      forwarder.shutdown(Duration.ofMinutes(1));
      forwarder.give(ForwardedSignal.LOGS, request);

      assertThat(ended(metrics))
          .hasSize(2)
          .containsEntry("sent ", 3L)
          .containsEntry("dropped stopped", 1L);
    }
  }

  private static Path capture() {
    return Path.of(
        System.getProperty("assay.testdata"),
        "captures/claude-code-2.1.330/headless-grpc/001-grpc-logs.pb");
  }

  private Forwarder forwarder(Metrics metrics, ForwardOptions.Overflow overflow) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + backend.getAddress().getPort());
    ForwardOptions standard = ForwardOptions.to("otlphttp", false, address);
    ForwardOptions bounded =
        new ForwardOptions(
            standard.name(),
            standard.grpc(),
            standard.endpoint(),
            standard.headers(),
            standard.tls(),
            standard.gzip(),
            standard.timeout(),
            new ForwardOptions.Queue(1 << 20, LIMIT_REQUESTS, 1, overflow),
            standard.retry(),
            standard.signals(),
            standard.agentRecords(),
            standard.textLines(),
            standard.allowed());
    return new Forwarder(List.of(bounded), metrics.meter("test"), InstantSource.system());
  }

  /** Requests by what became of them, and why. */
  private static SortedMap<String, Long> ended(Metrics metrics) {
    SortedMap<String, Long> ended = new TreeMap<>();
    for (Metrics.Count count : metrics.counts("assay_forward_requests")) {
      ended.merge(
          count.labels().get("outcome") + " " + count.labels().get("reason"),
          count.value(),
          Long::sum);
    }
    return ended;
  }
}

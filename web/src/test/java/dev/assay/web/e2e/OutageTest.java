package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.agent.ship.Destination;
import dev.assay.agent.ship.Shipper;
import dev.assay.agent.spool.Spool;
import dev.assay.agent.status.Complaints;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.otlp.OtlpReceiver;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.report.AdoptionDay;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three days without a server: fifty agents spool what happens, a clock that the test turns gives
 * the days, and then all deliver at once to a receiver that takes only a few requests at a time and
 * falls over once more on the way. The long form has more in each day: {@code
 * -Dassay.outage.records=20000}.
 */
class OutageTest {
  private static final int AGENTS = 50;
  private static final int DAYS = 3;
  private static final int RECORDS_A_DAY = Integer.getInteger("assay.outage.records", 40);
  private static final int RECORDS_A_MESSAGE = 20;
  private static final int REQUESTS_AT_A_TIME = 8;
  private static final Instant BEGIN = Instant.parse("2026-11-06T09:00:00Z");

  @TempDir Path folder;
  private final PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
  private Instant now = BEGIN;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // against hanging for ever only
  void fiftyAgents_threeDays_everyRecordOnce() throws Exception {
    List<Spool> spools = new ArrayList<>();
    List<Shipper> shippers = new ArrayList<>();
    try (Store store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false))) {
      OtlpReceiver first = receiver(store, 0);
      int port = first.grpcPort();
      first.shutdown(Duration.ZERO);
      for (int agent = 0; agent < AGENTS; agent++) {
        Spool spool =
            Spool.open(folder.resolve("agent" + agent), 256L << 20, new Complaints(silent));
        spools.add(spool);
        Shipper shipper =
            new Shipper(
                spool, Destination.open("http://127.0.0.1:" + port), new Complaints(silent));
        shippers.add(shipper);
        shipper.start();
      }
      for (int day = 0; day < DAYS; day++) {
        for (int agent = 0; agent < AGENTS; agent++) {
          work(spools.get(agent), agent, day);
        }
        now = now.plus(1, ChronoUnit.DAYS);
      }
      long all = (long) AGENTS * DAYS * RECORDS_A_DAY;
      for (Shipper shipper : shippers) {
        while (shipper.lastFailure() == null) {
          Thread.sleep(10);
        }
        assertThat(shipper.exported()).isZero();
      }

      OtlpReceiver second = receiver(store, port);
      awaitExported(shippers, all / 2);
      second.shutdown(Duration.ZERO);
      OtlpReceiver third = receiver(store, port);
      awaitExported(shippers, all);
      third.shutdown(Duration.ofSeconds(5));

      assertThat(shippers).allMatch(shipper -> shipper.refused() == 0);
      assertThat(shippers)
          .as("none was starved")
          .allMatch(shipper -> shipper.exported() == (long) DAYS * RECORDS_A_DAY);
      Summary summary = store.reports().summary(Filter.ALL);
      assertThat(summary.accepted()).isEqualTo(all);
      assertThat(summary.users()).isEqualTo(AGENTS);
      assertThat(summary.sessions()).isEqualTo((long) AGENTS * DAYS);
      assertThat(store.reports().adoption(Filter.ALL))
          .hasSize(DAYS)
          .allMatch(day -> day.users() == AGENTS && day.sessions() == AGENTS)
          .map(AdoptionDay::day)
          .containsExactly(
              LocalDate.parse("2026-11-06"),
              LocalDate.parse("2026-11-07"),
              LocalDate.parse("2026-11-08"));
    } finally {
      shippers.forEach(Shipper::close);
      for (Spool spool : spools) {
        spool.close();
      }
    }
  }

  private OtlpReceiver receiver(Store store, int port) throws Exception {
    OtlpReceiver receiver =
        new OtlpReceiver(
            OtlpOptions.loopback(port, 0)
                .withLimits(OtlpOptions.Limits.standard().withRequests(REQUESTS_AT_A_TIME)),
            new Interpreter(),
            store,
            OpenTelemetry.noop().getMeter("test"),
            () -> now);
    receiver.start();
    return receiver;
  }

  private static void awaitExported(List<Shipper> shippers, long records) throws Exception {
    while (shippers.stream().mapToLong(Shipper::exported).sum() < records) {
      Thread.sleep(10);
    }
  }

  private void work(Spool spool, int agent, int day) throws Exception {
    for (int record = 0; record < RECORDS_A_DAY; record += RECORDS_A_MESSAGE) {
      ExportLogsServiceRequest.Builder message = ExportLogsServiceRequest.newBuilder();
      ScopeLogs.Builder records = message.addResourceLogsBuilder().addScopeLogsBuilder();
      records.getScopeBuilder().setName("com.anthropic.claude_code.events");
      for (int i = 0; i < Math.min(RECORDS_A_MESSAGE, RECORDS_A_DAY - record); i++) {
        records.addLogRecords(decision(agent, day, record + i));
      }
      assertThat(spool.offer(message.build().toByteArray())).isTrue();
    }
    spool.sync();
  }

  private LogRecord decision(int agent, int day, int record) {
    Instant time = now.plusMillis(record);
    return LogRecord.newBuilder()
        .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli()))
        .setBody(AnyValue.newBuilder().setStringValue("claude_code.tool_decision"))
        .addAttributes(text("session.id", "s-" + agent + "-" + day))
        .addAttributes(text("user.email", "developer" + agent + "@acme.example"))
        .addAttributes(text("tool_use_id", "toolu_" + agent + "_" + day + "_" + record))
        .addAttributes(text("tool_name", "Edit"))
        .addAttributes(text("decision", "accept"))
        .addAttributes(text("source", "config"))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}

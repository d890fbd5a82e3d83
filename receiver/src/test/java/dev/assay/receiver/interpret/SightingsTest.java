package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.proto.telemetry.AllowList;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That who is not read anew for each record changes nothing of what is seen. */
class SightingsTest {
  private static final int ROUNDS = 500;

  private static final List<KeyValue> BASE =
      List.of(
          Logs.attribute("session.id", "s1"),
          Logs.attribute("user.id", "u1"),
          Logs.attribute("service.instance.id", "i1"));

  /** The same attributes, and the same objects, but where one is another. */
  @Test
  void eachAttributeOfWho_isSeenWhereItChanges() {
    TreeSet<String> unseen = new TreeSet<>();
    for (String name : AllowList.names()) {
      List<KeyValue> other = new ArrayList<>(BASE);
      other.removeIf(attribute -> attribute.getKey().equals(name));
      other.add(Logs.attribute(name, "other"));
      ExportLogsServiceRequest request =
          Logs.ofClient(client("x", BASE), client("x", other), client("x", BASE));
      assertThat(seen(request)).as(name).isEqualTo(seen(nothingShared(request)));
      if (seen(request).equals(seen(Logs.ofClient(client("x", BASE))))) {
        unseen.add(name);
      } else {
        assertThat(AllowList.of(name)).as(name).isEqualTo(AllowList.Use.WHO);
      }
    }
    assertThat(unseen).contains("model").doesNotContain("session.id", "user.email", "host.name");
  }

  /** What only the agent says of who. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        AssayAttributes.GIT_EMAIL,
        AssayAttributes.SESSION_ENTRYPOINT,
        AssayAttributes.SESSION_CLIENT_VERSION,
        AssayAttributes.SESSION_ID,
        AssayAttributes.SERVICE_INSTANCE_ID
      })
  void eachAttributeOfWho_isSeenWhereItChanges_inTheAgentsToo(String name) {
    List<KeyValue> other = new ArrayList<>(BASE);
    other.removeIf(attribute -> attribute.getKey().equals(name));
    other.add(Logs.attribute(name, "other"));
    ExportLogsServiceRequest request = Logs.ofAgent(agent(BASE), agent(other), agent(BASE));
    assertThat(seen(request))
        .isEqualTo(seen(nothingShared(request)))
        .isNotEqualTo(seen(Logs.ofAgent(agent(BASE))));
  }

  @Test
  void recordsThatShareAttributes_areSeenAsThoseThatDoNot() {
    Random random = new Random(17);
    for (int round = 0; round < ROUNDS; round++) {
      List<List<KeyValue>> senders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        List<KeyValue> sender = new ArrayList<>(BASE);
        for (String name : List.of("session.id", "user.email", "host.name", "service.name")) {
          sender.add(random.nextInt(2 + i), Logs.attribute(name, "v" + random.nextInt(2)));
        }
        senders.add(sender);
      }
      List<LogRecord> records = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        List<KeyValue> sender = senders.get(random.nextInt(senders.size()));
        LogRecord.Builder record =
            random.nextInt(3) == 0
                ? agent(sender).toBuilder()
                : client(random.nextBoolean() ? "user_prompt" : "x", sender).toBuilder();
        long later = random.nextInt(10) * 1_000_000L;
        records.add(record.setTimeUnixNano(record.getTimeUnixNano() + later).build());
      }
      ExportLogsServiceRequest request =
          random.nextBoolean()
              ? Logs.ofClient(records.toArray(LogRecord[]::new))
              : Logs.ofAgent(records.toArray(LogRecord[]::new));
      assertThat(seen(request)).isEqualTo(seen(nothingShared(request)));
    }
  }

  @Test
  void who_givesNothingThatMayDifferFromRecordToRecord() {
    Attributes attributes = Attributes.of(BASE, null, new Tally());
    assertThat(attributes.who("user.id")).isEqualTo("u1");
    assertThatThrownBy(() -> attributes.who("model")).isInstanceOf(IllegalArgumentException.class);
  }

  private static LogRecord client(String event, List<KeyValue> attributes) {
    return Logs.client(event).toBuilder().addAllAttributes(attributes).build();
  }

  private static LogRecord agent(List<KeyValue> attributes) {
    return Logs.record().setEventName(AssayEvents.SESSION).addAllAttributes(attributes).build();
  }

  private static List<Observation> seen(ExportLogsServiceRequest request) {
    List<Observation> seen =
        new Interpreter().logs(request, Logs.TIME.plusSeconds(60)).observations();
    assertThat(seen).hasAtLeastOneElementOfType(ExporterSeen.class);
    assertThat(seen).hasAtLeastOneElementOfType(SessionObservation.class);
    return seen;
  }

  /** Each attribute made by itself, as the generated code makes them. */
  private static ExportLogsServiceRequest nothingShared(ExportLogsServiceRequest request) {
    try {
      return ExportLogsServiceRequest.parseFrom(request.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}

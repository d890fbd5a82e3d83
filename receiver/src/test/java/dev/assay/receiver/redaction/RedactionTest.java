package dev.assay.receiver.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import dev.assay.receiver.redaction.RedactionRule.Action;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private static final Meter METER = OpenTelemetry.noop().getMeter("test");

  private static ExportLogsServiceRequest request(String... record) {
    LogRecord.Builder log = LogRecord.newBuilder();
    for (int i = 0; i < record.length; i += 2) {
      log.addAttributes(pair(record[i], text(record[i + 1])));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(pair("host.name", text("h"))))
                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
        .build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static String after(ExportLogsServiceRequest request, RedactionRule... rules) {
    ExportLogsServiceRequest redacted = new Redaction(List.of(rules), null, METER).apply(request);
    return redacted.getResourceLogs(0).getScopeLogs(0).getLogRecords(0).getAttributesList().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue().getStringValue())
        .collect(Collectors.joining(","));
  }

  private static RedactionRule change(Action action, String key, String value) {
    return new RedactionRule.Change("x", action, key, null, value, null);
  }

  private static RedactionRule mask(String blockedKey, String blocked, String allowed) {
    return new RedactionRule.Mask(
        "m",
        true,
        Set.of(),
        Set.of("kept"),
        blockedKey.isEmpty() ? List.of() : List.of(Pattern.compile(blockedKey)),
        blocked.isEmpty() ? List.of() : List.of(Pattern.compile(blocked)),
        allowed.isEmpty() ? List.of() : List.of(Pattern.compile(allowed)));
  }

  @ParameterizedTest
  @CsvSource({
    "INSERT, team, 'a=1,team=v'",
    "INSERT, a, 'a=1'",
    "UPDATE, team, 'a=1'",
    "UPDATE, a, 'a=v'",
    "UPSERT, team, 'a=1,team=v'",
    "UPSERT, a, 'a=v'",
  })
  void actionsThatSet(Action action, String key, String expected) {
    assertThat(after(request("a", "1"), change(action, key, "v"))).isEqualTo(expected);
  }

  @Test
  void delete_byKeyAndByPattern() {
    RedactionRule byPattern =
        new RedactionRule.Change(
            "x", Action.DELETE, null, Pattern.compile("^internal[.]"), null, null);
    RedactionRule byKey = new RedactionRule.Change("x", Action.DELETE, "b", null, null, null);
    assertThat(after(request("a", "1", "internal.x", "2", "b", "3"), byPattern, byKey))
        .isEqualTo("a=1");
  }

  @ParameterizedTest
  @CsvSource({
    "'card 4111111111111111 x', '', '4[0-9]{15}', '', 'card **** x'",
    "'card 4111111111111111 x', '', '4[0-9]{15}', '^card', 'card 4111111111111111 x'",
    "'nothing', '', '4[0-9]{15}', '', 'nothing'",
    "'nothing', '^a$', '', '', '****'",
  })
  void masked(String value, String blockedKey, String blocked, String allowed, String expected) {
    assertThat(after(request("a", value, "kept", value), mask(blockedKey, blocked, allowed)))
        .isEqualTo("a=" + expected + ",kept=" + value);
  }

  @Test
  void notAllowed_isRemoved_butWhatAssayNeedsStays() {
    RedactionRule allow =
        new RedactionRule.Mask("m", false, Set.of("a"), Set.of(), List.of(), List.of(), List.of());
    assertThat(after(request("a", "1", "b", "2", "session.id", "s"), allow))
        .isEqualTo("a=1,session.id=s");
  }

  @Test
  void insideOfArrays_andOfIds() {
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(
                                LogRecord.newBuilder()
                                    .addAttributes(pair("session.id", text("secret")))
                                    .addAttributes(
                                        pair(
                                            "list",
                                            AnyValue.newBuilder()
                                                .setArrayValue(
                                                    ArrayValue.newBuilder()
                                                        .addValues(text("a secret")))
                                                .build())))))
            .build();
    LogRecord now =
        new Redaction(List.of(mask("", "secret", "")), null, METER)
            .apply(request)
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecords(0);
    assertThat(now.getAttributesList())
        .containsExactly(
            pair(
                "list",
                AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(text("a ****")))
                    .build()));
  }

  @Test
  void nothingToDo_isTheSameObject() {
    ExportLogsServiceRequest request = request("a", "1");
    assertThat(new Redaction(List.of(mask("zzz", "zzz", "")), null, METER).apply(request))
        .isSameAs(request);
    assertThat(Redaction.none().apply(request)).isSameAs(request);
  }

  @ParameterizedTest
  @CsvSource({"session.id", "gen_ai.tool.call.id", "assay.file.path", "vcs.repository.url.full"})
  void whatAssayNeeds_isRefused_byTheRulesName(String key) {
    assertThatThrownBy(() -> after(request(), change(Action.UPDATE, key, "v")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x: touches '" + key + "'");
    assertThatThrownBy(() -> after(request(), mask("id$", "", "")))
        .hasMessageStartingWith("m: touches 'assay.request.id'");
  }

  @Test
  void hashWithoutKey_isRefused() {
    assertThatThrownBy(
            () ->
                after(request(), new RedactionRule.Change("x", Action.HASH, "a", null, null, null)))
        .hasMessageContaining("x: hash needs a key");
  }

  @Test
  void patternThatBacktracks_takesLinearTime() {
    // With a backtracking matcher this takes longer than the universe is old.
    assertThat(after(request("a", "a".repeat(50_000) + "!"), mask("", "^(a+)+$", "")))
        .hasSize(50_003);
  }
}

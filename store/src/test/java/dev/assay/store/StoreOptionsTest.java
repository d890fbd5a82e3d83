package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StoreOptionsTest {
  private static final StoreOptions DEFAULTS = StoreOptions.in(Path.of("data"));

  private static Arguments row(String message, UnaryOperator<StoreOptions> change) {
    return Arguments.of(message, change);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row("store.memory_limit: must be at least 64 MiB", o -> o.withMemoryLimitBytes(67108863)),
        row("store.threads: must be 1 to 256, but is 0", o -> o.withThreads(0)),
        row("store.threads: must be 1 to 256, but is 257", o -> o.withThreads(257)),
        row("store.line_retention_days: must be 24 to", o -> o.withLineRetentionDays(23)),
        row("store.line_retention_days: must be 24 to", o -> o.withLineRetentionDays(3651)),
        row(
            "store.retention_days: must be 0 or 120 (store.line_retention_days) to 36500",
            o -> o.withRetentionDays(119)),
        row("store.retention_days: must be 0 or 120", o -> o.withRetentionDays(36_501)),
        row("store.retention_days: must be 0 or 120", o -> o.withRetentionDays(-1)),
        row(
            "store.retention_days: must be 0 or 201",
            o -> o.withRetentionDays(200).withLineRetentionDays(201)),
        row("store.retention_size: must be 0 or more", o -> o.withRetentionBytes(-1)),
        row("store.aliases: a person's name is empty", o -> o.withAliases(Map.of(" ", Set.of()))),
        row(
            "store.aliases: ",
            o ->
                o.withAliases(Map.of("Ann", Set.of("a@x.example"), "Bob", Set.of("A@x.example")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String message, UnaryOperator<StoreOptions> change) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.apply(DEFAULTS))
        .withMessageStartingWith(message);
  }

  static Stream<UnaryOperator<StoreOptions>> accepted() {
    return Stream.of(
        o -> o.withMemoryLimitBytes(67108864),
        o -> o.withThreads(1),
        o -> o.withThreads(256),
        o -> o.withLineRetentionDays(24),
        o -> o.withLineRetentionDays(3650),
        o -> o.withRetentionDays(120),
        o -> o.withRetentionDays(36_500),
        o -> o.withRetentionBytes(1),
        o -> o.withFsync(false),
        o -> o.withAliases(Map.of("Ann", Set.of("a@x.example", "A@x.example"))));
  }

  @ParameterizedTest
  @MethodSource
  void accepted(UnaryOperator<StoreOptions> change) {
    assertThat(change.apply(DEFAULTS)).isNotEqualTo(DEFAULTS);
  }
}

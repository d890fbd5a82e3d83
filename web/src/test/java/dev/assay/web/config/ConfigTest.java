package dev.assay.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final Path FILES = Path.of(System.getProperty("assay.testdata"), "config");
  private static final Map<String, String> HOME = Map.of("HOME", "/home/ada");

  @Test
  void nothingTold_givesDefaults() throws Exception {
    Config config = Config.resolve(Map.of(), HOME, null);

    assertThat(config)
        .isEqualTo(
            new Config(
                StoreOptions.in(Path.of("/home/ada/.assay")),
                List.of(),
                List.of(),
                Listener.loopback(4317),
                Listener.loopback(4318),
                OtlpLimits.standard(),
                Listener.loopback(8080),
                null,
                Access.open(),
                false,
                null,
                List.of(),
                List.of(),
                null,
                Pipelines.none(),
                List.of(),
                "warn"));
  }

  @Test
  void file_setsEveryKey() throws Exception {
    Config config = Config.resolve(Map.of(), HOME, FILES.resolve("whole.yaml"));

    assertThat(config)
        .isEqualTo(
            new Config(
                StoreOptions.in(Path.of("/srv/assay"))
                    .withZone(ZoneId.of("Europe/Berlin"))
                    .withFsync(false)
                    .withMemoryLimitBytes(1L << 30)
                    .withLineRetentionDays(90)
                    .withRetentionDays(400)
                    .withRetentionBytes(20L << 30),
                List.of(Path.of("/home/ada/.claude"), Path.of("/srv/claude")),
                List.of(Path.of("/srv/git/api"), Path.of("/srv/git/web")),
                Listener.loopback(14000),
                new Listener("localhost", 14001, null, false, Listener.LIMIT_MESSAGE_BYTES),
                OtlpLimits.standard(),
                new Listener("[::1]", 0, null, false, Listener.LIMIT_MESSAGE_BYTES),
                14002,
                new Access(
                    Path.of("/etc/assay-tokens"), Set.of("assay.example.com", "[::2]"), 0, 100),
                true,
                Path.of("/etc/assay.key"),
                List.of("*.golden", "third_party/"),
                List.of("Made by protogen"),
                Path.of("/etc/assay-aliases.yaml"),
                Pipelines.none(),
                List.of(),
                "info"));
  }

  @Test
  void wholeFile_namesEverySetting() throws Exception {
    assertThat(ConfigFile.read(FILES.resolve("whole.yaml"), HOME).values())
        .containsOnlyKeys(Setting.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty.yaml", "empty-section.yaml"})
  void emptyParts_areNoMistake(String file) throws Exception {
    Config config = Config.resolve(Map.of(), HOME, FILES.resolve(file));

    assertThat(config.otlpGrpc().port()).isEqualTo(4317);
  }

  @Test
  void variable_winsOverFile() throws Exception {
    Config config =
        Config.resolve(
            Map.of(),
            Map.of("ASSAY_WEB_PORT", "9999", "ASSAY_REPOSITORY", "/a:/b"),
            FILES.resolve("whole.yaml"));

    assertThat(config.web().port()).isEqualTo(9999);
    assertThat(config.repositories()).containsExactly(Path.of("/a"), Path.of("/b"));
    assertThat(config.otlpGrpc().port()).isEqualTo(14000);
  }

  @Test
  void flag_winsOverVariable() throws Exception {
    Config config =
        Config.resolve(
            Map.of(Setting.WEB_PORT, List.of("1")), Map.of("ASSAY_WEB_PORT", "9999"), null);

    assertThat(config.web().port()).isEqualTo(1);
  }

  @Test
  void relativePath_isMadeAbsolute() throws Exception {
    Config config = Config.resolve(Map.of(Setting.DATA, List.of("x/../data")), HOME, null);

    assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65535", "127.0.0.1:0", "localhost:65535", "[::1]:80"})
  void port_isTaken(String value) throws Exception {
    String digits = value.substring(value.lastIndexOf(':') + 1);

    Config config = Config.resolve(Map.of(Setting.WEB_PORT, List.of(value)), HOME, null);

    assertThat(config.web().port()).isEqualTo(Integer.parseInt(digits));
  }

  @Test
  void notLoopback_needsTokensAndTls_andIsGuarded(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            receivers:
              otlp:
                protocols:
                  grpc:
                    endpoint: 0.0.0.0:4317
                    tls: {cert_file: /c.pem, key_file: /k.pem}
                  http:
                    endpoint: "[::]:4318"
                    tls: {insecure: true}
            extensions:
              bearertokenauth:
                filename: /etc/assay-tokens
            """);

    Config config = Config.resolve(Map.of(), HOME, file);

    assertThat(config.otlpGrpc().authenticated()).isTrue();
    assertThat(config.otlpGrpc().place(4317).address()).isEqualTo("https://127.0.0.1:4317");
    assertThat(config.otlpHttp().authenticated()).isTrue();
    assertThat(config.web().authenticated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "", "80 80", "host:80", ":80", "127.0.0.1:"})
  void port_isRefusedByItsFlag(String value) {
    assertThatThrownBy(() -> Config.resolve(Map.of(Setting.WEB_PORT, List.of(value)), HOME, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--web-port: '" + value + "' ");
  }

  @Test
  void variable_isRefusedByItsName() {
    assertThatThrownBy(() -> Config.resolve(Map.of(), Map.of("ASSAY_WEB_PORT", "x"), null))
        .hasMessage("ASSAY_WEB_PORT: 'x' is no port (0 to 65535)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unknown-section    | unknown key reciever in FILE (known there: exporters, extensions, processors, receivers, service)
          unknown-key        | unknown key receivers.otlp.protocols.thrift in FILE (known there: grpc, http)
          port-too-large     | exporters.dashboard.endpoint (FILE): '127.0.0.1:70000' is no port (0 to 65535)
          port-no-number     | exporters.dashboard.endpoint (FILE): 'eighty' is no port (0 to 65535)
          not-loopback       | exporters.dashboard.endpoint (FILE): '0.0.0.0:8080' does not listen on loopback, and nobody is asked for a token: set --tokens-file (assay token makes one)
          list-for-one-value | exporters.dashboard.endpoint (FILE): expected PORT, found a list
          value-for-section  | exporters.dashboard (FILE): expected keys, found '8080'
          keys-for-value     | receivers.git.repositories (FILE): expected DIR, found keys
          empty-path         | exporters.store.directory (FILE): '' names no folder
          missing-value      | exporters.store.directory (FILE): expected DIR, found nothing
          unknown-mode       | processors.lines.content_mode (FILE): 'plain' is neither text nor signature
          unknown-level      | service.telemetry.logs.level (FILE): 'loud' is none of error, warn, info, debug, trace
          exclude-path       | processors.attribution.exclude (FILE): 'src/third_party/' is neither a name such as *.golden nor a directory such as third_party/
          short-marker       | processors.attribution.exclude_markers (FILE): '// ' is no marker: 4 characters or more
          unknown-zone       | exporters.store.zone (FILE): 'Mars/Olympus' is no time zone such as UTC or Europe/Berlin
          fsync-maybe        | exporters.store.fsync (FILE): 'maybe' is neither true nor false
          memory-no-unit     | exporters.store.memory_limit (FILE): '512' is no size such as 512MiB or 2GiB
          memory-too-little  | exporters.store.memory_limit (FILE): '63MiB' is too little: 64MiB or more
          days-too-few       | exporters.store.line_retention_days (FILE): '23' is out of bounds: 24 to 3650
          retention-too-short | exporters.store.retention_days (FILE): '119' is out of bounds: 0, or 120 (line_retention_days) to 36500
          retention-no-size  | exporters.store.retention_size (FILE): '20' is no size such as 512MiB or 2GiB
          unknown-in-section | unknown key receivers.otlp.protocols.grpc.tsl in FILE (known there: auth, endpoint, keepalive, max_concurrent_streams, max_recv_msg_size_mib, tls)
          unknown-in-block   | unknown key receivers.otlp.protocols.grpc.tls.cert in FILE (known there: cert_file, client_ca_file, insecure, key_file, reload_interval)
          tls-without-key    | receivers.otlp.protocols.grpc.tls: cert_file and key_file are needed; one of them is missing
          too-large-message  | receivers.otlp.protocols.grpc.max_recv_msg_size_mib (FILE): '65' is no whole number from 1 to 64
          limits-none        | receivers.otlp.limits.requests (FILE): '0' is no whole number from 1 to 1000000
          limits-message     | receivers.otlp.limits.pending_mib: 8 MiB hold no message of 16777216 bytes, which the listeners take: raise it, or lower max_recv_msg_size_mib and max_request_body_size
          limits-unknown     | unknown key receivers.otlp.limits.bytes in FILE (known there: connections, pending_mib, requests, series)
          keepalive-short    | receivers.otlp.protocols.grpc.keepalive.server_parameters.time (FILE): '10ms' is out of bounds: 1s to 24h
          unknown-auth       | receivers.otlp.protocols.http.auth.authenticator (FILE): 'oidc' is none of bearertokenauth
          exporter-no-url    | exporters.otlp/backend.endpoint (FILE) is missing
          exporter-user      | exporters.otlphttp.endpoint (FILE): names a user; use headers instead
          exporter-nameless  | unknown key exporters.otlp/ in FILE (known there: dashboard, otlp, otlp_grpc, otlp_http, otlphttp, store)
          queue-no-number    | exporters.otlp.sending_queue.queue_size (FILE): 'many' is no whole number from 1 to 1000000
          retry-no-duration  | exporters.otlp.retry_on_failure.initial_interval (FILE): '5' is no duration such as 500ms, 5s, 1m30s or 1h
          action-unknown     | processors.attributes.actions[0].action (FILE): 'extract' is none of insert, update, upsert, delete, hash
          action-no-key      | processors.attributes.actions[1]: needs a key, or, for delete and hash, a pattern; not both
          redaction-no-regex | processors.redaction.blocked_values (FILE): '(' is no regular expression: missing closing )
          pipeline-unknown   | service.pipelines.logs.exporters: 'otlp/nowhere' does not stand under exporters
          pipeline-signal    | unknown key service.pipelines.profiles in FILE (known there: logs, metrics, traces)
          reader-protocol    | service.telemetry.metrics.readers[0].periodic.exporter.otlp.protocol (FILE): 'thrift' is none of grpc, http/protobuf
          variable-not-set   | exporters.otlp.headers.authorization (FILE): the variable BACKEND_TOKEN is not set
          host-with-port     | service.allowed_hosts (FILE): 'assay.example.com:443' is no host name such as assay.example.com, without a port
          not-loopback-plain | receivers.otlp.protocols.grpc.tls: 0.0.0.0 is not the loopback, and tokens would travel unencrypted: set cert_file and key_file, or insecure: true where something in front of it encrypts
          auth-no-tokens     | receivers.otlp.protocols.http.auth: asks for tokens; name their file with --tokens-file (assay token makes one)
          days-no-number     | exporters.store.line_retention_days (FILE): 'long' is no whole number
          key-twice          | --config: FILE is no YAML: Duplicate Object property "directory" (line 4)
          no-yaml            | --config: FILE is no YAML: while parsing a flow mapping (line 2)
          list-for-root      | --config (FILE): expected keys, found a list
          exporter-port      | exporters.otlp.endpoint (FILE): 'collector.example:70000' is no address such as https://collector.example:4318
          exporter-path      | exporters.otlp.endpoint (FILE): 'https://collector.example:4317/v1/logs' has a path, which means nothing over gRPC
          exporter-query     | exporters.otlphttp.endpoint (FILE): 'https://collector.example/?key=1' is no address such as https://collector.example:4318
          exporter-insecure  | exporters.otlp_grpc.tls.insecure (FILE): 'true' contradicts the endpoint, which begins with https://
          exporter-plain-ca  | exporters.otlp_http/backend.tls: its files mean nothing, for the endpoint is asked without TLS
          exporter-half-pair | exporters.otlp.tls: cert_file and key_file belong together; one of them is missing
          header-name        | exporters.otlp.headers.api key: this is no name of a header
          header-own         | exporters.otlp.headers.Host: this header is the protocol's own
          header-value       | exporters.otlp.headers.authorization: its value (not shown) is empty, or has characters that no header can carry
          reader-header      | service.telemetry.metrics.readers[0].periodic.exporter.otlp.headers[0]: its value (not shown) is empty, or has characters that no header can carry
          reader-interval    | service.telemetry.metrics.readers[0].periodic.interval (FILE): '99' is no whole number from 100 to 3600000
          compression        | exporters.otlp.compression (FILE): 'snappy' is none of gzip, none
          timeout-zero       | exporters.otlp.timeout (FILE): '0s' is out of bounds: 1ms to 1h
          queue-off          | exporters.otlp.sending_queue.enabled (FILE): 'false' is not offered: a backend never makes ingest wait
          queue-zero         | exporters.otlp.sending_queue.queue_size (FILE): '0' is no whole number from 1 to 1000000
          queue-bytes        | exporters.otlp.sending_queue.queue_size (FILE): '1000' is no whole number from 1048576 to 17179869184
          queue-sizer        | exporters.otlp.sending_queue.sizer (FILE): 'items' is none of requests, bytes
          queue-overflow     | exporters.otlp.sending_queue.overflow (FILE): 'block' is none of drop_newest, drop_oldest
          queue-consumers    | exporters.otlp.sending_queue.num_consumers (FILE): '65' is no whole number from 1 to 64
          retry-spread       | exporters.otlp.retry_on_failure.randomization_factor (FILE): '1.1' is no number from 0.0 to 1.0
          retry-shrinks      | exporters.otlp.retry_on_failure.multiplier (FILE): '0.9' is no number from 1.0 to 100.0
          retry-too-long     | exporters.otlp.retry_on_failure.max_interval (FILE): '61m' is out of bounds: 1ms to 1h
          retry-intervals    | exporters.otlp.retry_on_failure.max_interval (FILE): its default is shorter than initial_interval
          retry-elapsed      | exporters.otlp.retry_on_failure.max_elapsed_time (FILE): '29s' is shorter than max_interval; 0 is for ever
          agent-records      | exporters.otlp.agent_records (FILE): 'some' is none of none, without_lines, all
          allow-prompt       | exporters.otlp.allow_attributes: 'prompt' holds what people and Claude Code said; it is never passed on
          allow-text         | exporters.otlp.allow_attributes (FILE): expected a list, found 'team.id'
          pipeline-processor | service.pipelines.metrics.processors: 'batch' does not stand under processors
          pipeline-receiver  | service.pipelines.traces.receivers: 'jaeger' does not stand under receivers
          pipeline-key       | unknown key service.pipelines.logs/audit.exporter in FILE (known there: exporters, processors, receivers)
          action-both        | processors.attributes.actions[0]: needs a value or from_attribute, not both
          actions-missing    | processors.attributes/none.actions is missing: a list of actions
          redaction-key      | unknown key processors.redaction.block_values in FILE (known there: allow_all_keys, allowed_keys, allowed_values, blocked_key_patterns, blocked_values, ignored_keys)
          reload-too-often   | exporters.dashboard.tls.reload_interval (FILE): '500ms' is out of bounds: 1s to 24h
          body-too-small     | receivers.otlp.protocols.http.max_request_body_size (FILE): '1023' is no whole number from 1024 to 67108864
          burst-zero         | extensions.bearertokenauth.rate_limit.burst (FILE): '0' is no whole number from 1 to 1000000
          rate-negative      | extensions.bearertokenauth.rate_limit.requests_per_second (FILE): '-1' is no number from 0.0 to 1000000.0
          rate-no-tokens     | extensions.bearertokenauth.filename is missing: without tokens nobody is limited
          extension-unknown  | service.extensions (FILE): 'zpages' is not bearertokenauth
          extension-undefined | service.extensions (FILE): 'bearertokenauth' does not stand under extensions with a filename
          auth-scheme        | extensions.bearertokenauth.scheme (FILE): 'Basic' is none of Bearer
          hooks-not-loopback | receivers.claude_code.hooks.endpoint (FILE): '0.0.0.0:14319' does not listen on loopback
          port-twice         | --otlp-http-port: port 4317 is that of --otlp-grpc-port too
          days-too-many      | exporters.store.line_retention_days (FILE): '3651' is out of bounds: 24 to 3650
          """)
  void badFile_isRefusedByItsKey(String name, String message) {
    Path file = FILES.resolve("bad").resolve(name + ".yaml");

    assertThatThrownBy(() -> Config.resolve(Map.of(), HOME, file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void everyBadFile_hasItsRow() throws Exception {
    // The table above and the folder must tell the same mistakes.
    try (Stream<Path> files = Files.list(FILES.resolve("bad"))) {
      assertThat(files).hasSize(93);
    }
  }

  @Test
  void missingFile_isNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.yaml");

    assertThatThrownBy(() -> Config.resolve(Map.of(), HOME, file))
        .hasMessage("--config: there is no file " + file);
  }

  @Test
  void file_isReadUpToTheLimit(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.yaml");
    Files.writeString(file, "#".repeat((int) ConfigFile.LIMIT_BYTES));
    assertThat(Config.resolve(Map.of(), HOME, file).web().port()).isEqualTo(8080);

    Files.writeString(file, "#".repeat((int) ConfigFile.LIMIT_BYTES + 1));
    assertThatThrownBy(() -> Config.resolve(Map.of(), HOME, file))
        .hasMessageContaining("at most " + ConfigFile.LIMIT_BYTES);
  }

  @Test
  void operationsPage_showsTheTable() throws IOException {
    String page = Files.readString(FILES.resolve("../../docs/operations.md").normalize());

    for (Setting setting : Setting.values()) {
      assertThat(page)
          .contains(
              "| `"
                  + setting.flag()
                  + " "
                  + setting.label()
                  + "` | `"
                  + setting.key()
                  + "` | `"
                  + setting.variable()
                  + "` | "
                  + (setting.defaultText() == null ? "" : "`" + setting.defaultText() + "`"));
    }
  }
}

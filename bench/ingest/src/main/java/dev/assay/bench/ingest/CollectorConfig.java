package dev.assay.bench.ingest;

import java.nio.file.Path;

/** The Collector's configuration: what it acknowledges lies in its queue, synced to disk. */
final class CollectorConfig {
  private CollectorConfig() {}

  static String of(int port, int sinkPort, Path folder) {
    return """
        extensions:
          file_storage:
            directory: %s
            create_directory: true
            fsync: true
        receivers:
          otlp:
            protocols:
              grpc:
                endpoint: 127.0.0.1:%d
        exporters:
          otlp:
            endpoint: 127.0.0.1:%d
            compression: none
            tls:
              insecure: true
            sending_queue:
              storage: file_storage
              block_on_overflow: true
              num_consumers: 2
              queue_size: 1000
        service:
          extensions: [file_storage]
          telemetry:
            logs:
              level: warn
            metrics:
              level: none
          pipelines:
            logs:
              receivers: [otlp]
              exporters: [otlp]
        """
        .formatted(folder.resolve("queue").toAbsolutePath(), port, sinkPort);
  }
}

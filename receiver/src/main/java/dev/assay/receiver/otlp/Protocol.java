package dev.assay.receiver.otlp;

/** How a request came, by OpenTelemetry's own names. */
enum Protocol {
  GRPC("grpc"),
  HTTP_PROTOBUF("http/protobuf"),
  HTTP_JSON("http/json"),
  /** Over HTTP, refused before it was known in which encoding. */
  HTTP("http");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static Protocol of(Encoding encoding) {
    return switch (encoding) {
      case PROTOBUF -> HTTP_PROTOBUF;
      case JSON -> HTTP_JSON;
    };
  }
}

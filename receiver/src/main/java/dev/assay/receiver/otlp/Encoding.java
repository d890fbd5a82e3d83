package dev.assay.receiver.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.RetryInfo;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a message is written: protobuf, or OTLP's JSON. */
enum Encoding {
  PROTOBUF("application/x-protobuf") {
    @Override
    Message read(Message empty, byte[] bytes) throws Refused {
      try {
        return empty instanceof ExportLogsServiceRequest
            ? LogsReader.read(bytes)
            : empty.getParserForType().parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw malformed("no protobuf message of the kind " + kind(empty), e);
      }
    }

    @Override
    byte[] write(Message message) {
      return message.toByteArray();
    }
  },
  JSON("application/json") {
    @Override
    Message read(Message empty, byte[] bytes) throws Refused {
      if (JsonNesting.depth(bytes) > LIMIT_NESTING) {
        throw new Refused(
            Cause.MALFORMED, "the JSON is nested deeper than " + LIMIT_NESTING + " levels");
      }
      Message.Builder message = empty.newBuilderForType();
      try {
        PARSER.merge(new String(bytes, StandardCharsets.UTF_8), message);
        return message.build();
      } catch (InvalidProtocolBufferException e) {
        throw malformed("no JSON of the kind " + kind(empty), e);
      } catch (RuntimeException e) {
        // The library lets a few faults of the text through as they are.
        throw malformed("no JSON of the kind " + kind(empty), e);
      }
    }

    @Override
    byte[] write(Message message) {
      try {
        return PRINTER.print(message).getBytes(StandardCharsets.UTF_8);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("an answer that cannot be written as JSON", e);
      }
    }
  };

  /** Brackets within brackets; an OTLP request of one scalar in each attribute has 13. */
  static final int LIMIT_NESTING = 64;

  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              JsonFormat.TypeRegistry.newBuilder().add(RetryInfo.getDescriptor()).build());

  private final String mediaType;

  Encoding(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The encoding of a content type with or without parameters; null for any other. */
  static @Nullable Encoding of(@Nullable String contentType) {
    if (contentType == null) {
      return null;
    }
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    for (Encoding encoding : values()) {
      if (type.equalsIgnoreCase(encoding.mediaType)) {
        return encoding;
      }
    }
    return null;
  }

  String mediaType() {
    return mediaType;
  }

  /**
   * Reads a message.
   *
   * @param empty of the kind that the bytes should be
   */
  abstract Message read(Message empty, byte[] bytes) throws Refused;

  abstract byte[] write(Message message);

  private static String kind(Message message) {
    return message.getDescriptorForType().getName();
  }

  /** The library's message is left out: it may quote what the sender must keep to himself. */
  private static Refused malformed(String what, Exception e) {
    boolean deep = e.getMessage() != null && e.getMessage().contains("too many levels");
    return new Refused(Cause.MALFORMED, deep ? what + ": nested too deeply" : what);
  }
}

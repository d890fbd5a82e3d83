package dev.assay.receiver.capture;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One run of a real client: every export that it sent, in its order. */
public record Capture(String version, String run, List<Export> exports) {

  private static final Path ROOT =
      Path.of(System.getProperty("assay.testdata", "../testdata"), "captures");

  /** All runs of all versions. */
  public static List<Capture> all() {
    return list(ROOT).stream()
        .flatMap(version -> list(version).stream())
        .filter(Files::isDirectory)
        .map(Capture::read)
        .toList();
  }

  /** For instance {@code of("2.1.330", "headless-grpc")}. */
  public static Capture of(String version, String run) {
    return read(ROOT.resolve("claude-code-" + version).resolve(run));
  }

  @Override
  public String toString() {
    return version + "/" + run;
  }

  private static Capture read(Path folder) {
    return new Capture(
        folder.getName(folder.getNameCount() - 2).toString().replace("claude-code-", ""),
        folder.getFileName().toString(),
        list(folder).stream()
            .filter(file -> file.getFileName().toString().matches("\\d+-.*\\.(pb|json)"))
            .map(Export::read)
            .toList());
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One request's body, as it came. */
  public record Export(boolean isLogs, boolean isJson, ByteString body) {

    private static Export read(Path file) {
      String name = file.getFileName().toString();
      try {
        return new Export(
            name.contains("-logs."),
            name.endsWith(".json"),
            ByteString.copyFrom(Files.readAllBytes(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The request's message; of a metrics export only by {@link #metrics}. */
    public ExportLogsServiceRequest logs() {
      return read(ExportLogsServiceRequest.newBuilder()).build();
    }

    public ExportMetricsServiceRequest metrics() {
      return read(ExportMetricsServiceRequest.newBuilder()).build();
    }

    private <B extends Message.Builder> B read(B request) {
      try {
        if (isJson) {
          JsonFormat.parser().merge(text(), request);
        } else {
          request.mergeFrom(body);
        }
        return request;
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The body as protobuf, whatever it came as. */
    public byte[] asProtobuf() {
      return isLogs ? logs().toByteArray() : metrics().toByteArray();
    }

    /** The body as JSON, whatever it came as; integers of 64 bits are strings then. */
    public byte[] asJson() {
      if (isJson) {
        return body.toByteArray();
      }
      try {
        return JsonFormat.printer()
            .print(isLogs ? logs() : metrics())
            .getBytes(StandardCharsets.UTF_8);
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String text() {
      return body.toStringUtf8();
    }
  }
}

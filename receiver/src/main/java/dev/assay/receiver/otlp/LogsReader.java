package dev.assay.receiver.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an export of logs: what the generated code makes of the same bytes, but an attribute that
 * comes again is made once. A session says the same of itself in each of its records, and most of
 * what it costs to read them is to read that.
 */
final class LogsReader {
  private static final int RESOURCE_LOGS = tag(ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER);
  private static final int SCOPE_LOGS = tag(ResourceLogs.SCOPE_LOGS_FIELD_NUMBER);
  private static final int LOG_RECORD = tag(ScopeLogs.LOG_RECORDS_FIELD_NUMBER);
  private static final int KEY = tag(KeyValue.KEY_FIELD_NUMBER);
  private static final int ATTRIBUTE = tag(LogRecord.ATTRIBUTES_FIELD_NUMBER);

  /** Messages within messages, as the generated code counts them. */
  private static final int LIMIT_DEPTH = 100;

  /** A power of two: how many attributes are remembered. */
  private static final int REMEMBERED = 512;

  private final byte[] bytes;
  private final CodedInputStream in;
  private final Known[] known = new Known[REMEMBERED];

  /** Of the record that is read. */
  private final List<KeyValue> attributes = new ArrayList<>();

  private LogsReader(byte[] bytes) {
    this.bytes = bytes;
    this.in = CodedInputStream.newInstance(bytes);
  }

  static ExportLogsServiceRequest read(byte[] bytes) throws InvalidProtocolBufferException {
    try {
      return new LogsReader(bytes).request();
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }

  private ExportLogsServiceRequest request() throws IOException {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    each(bytes.length, RESOURCE_LOGS, request, 0, end -> request.addResourceLogs(resource(end)));
    return request.build();
  }

  private ResourceLogs resource(int end) throws IOException {
    ResourceLogs.Builder logs = ResourceLogs.newBuilder();
    each(end, SCOPE_LOGS, logs, 1, scopeEnd -> logs.addScopeLogs(scope(scopeEnd)));
    return logs.build();
  }

  private ScopeLogs scope(int end) throws IOException {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    each(end, LOG_RECORD, logs, 2, recordEnd -> logs.addLogRecords(record(recordEnd)));
    return logs.build();
  }

  private LogRecord record(int end) throws IOException {
    LogRecord.Builder record = LogRecord.newBuilder();
    attributes.clear();
    each(end, ATTRIBUTE, record, 3, to -> attributes.add(attribute(to)));
    return record.addAllAttributes(attributes).build(); // at once: no list that grows
  }

  /**
   * Reads a message: one field with a method of ours, the others with the generated code.
   *
   * @param end of the message
   * @param depth of the message
   */
  private void each(int end, int tag, Message.Builder message, int depth, Field field)
      throws IOException {
    int others = in.getTotalBytesRead();
    for (int at = others; at < end; at = in.getTotalBytesRead()) {
      int found = in.readTag();
      if (found != tag) {
        in.skipField(found);
        continue;
      }
      merge(message, others, at, depth);
      int length = in.readRawVarint32();
      int from = in.getTotalBytesRead();
      if (length < 0 || length > end - from) {
        throw new InvalidProtocolBufferException("a field ends behind its message");
      }
      field.read(from + length);
      others = from + length;
    }
    merge(message, others, end, depth);
  }

  private void merge(Message.Builder message, int from, int to, int depth) throws IOException {
    if (from < to) {
      CodedInputStream part = part(from, to, depth);
      message.mergeFrom(part);
      part.checkLastTagWas(0);
    }
  }

  private CodedInputStream part(int from, int to, int depth) {
    CodedInputStream part = CodedInputStream.newInstance(bytes, from, to - from);
    part.setRecursionLimit(LIMIT_DEPTH - depth);
    return part;
  }

  private KeyValue attribute(int end) throws IOException {
    int from = in.getTotalBytesRead();
    int keyEnd = keyEnd(from, end);
    // Attributes of one name and length follow each other at the same place.
    int place = (31 * (31 * attributes.size() + end - from) + keyEnd - from) & (REMEMBERED - 1);
    Known before = known[place];
    if (before != null && Arrays.equals(bytes, before.from, before.to, bytes, from, end)) {
      in.skipRawBytes(end - from);
      return before.attribute;
    }
    KeyValue.Builder attribute = KeyValue.newBuilder();
    @Nullable String key = before == null ? null : before.key(bytes, from, keyEnd);
    if (key != null) {
      attribute.setKey(key); // one String, that is hashed once for all who look it up
      in.skipRawBytes(keyEnd - from);
    }
    mergeHere(attribute, end);
    KeyValue made = attribute.build();
    if (key == null && keyEnd > 0) {
      key = new String(bytes, from + 2, keyEnd - from - 2, StandardCharsets.UTF_8);
    }
    // Of several keys the last holds.
    known[place] = new Known(from, end, keyEnd, made.getKey().equals(key), made);
    return made;
  }

  /** Reads an attribute where the stream is: a stream of its own costs more than what it reads. */
  private void mergeHere(KeyValue.Builder attribute, int end) throws IOException {
    int limit = in.pushLimit(end - in.getTotalBytesRead());
    int depth = in.setRecursionLimit(LIMIT_DEPTH - 4);
    attribute.mergeFrom(in);
    in.checkLastTagWas(0);
    in.setRecursionLimit(depth);
    in.popLimit(limit);
  }

  /** Where the key ends of an attribute that begins with it, as all do; else 0. */
  private int keyEnd(int from, int end) {
    boolean begins = end - from > 2 && bytes[from] == KEY && bytes[from + 1] >= 0;
    int keyEnd = begins ? from + 2 + bytes[from + 1] : 0;
    return keyEnd <= end ? keyEnd : 0;
  }

  private static int tag(int field) {
    return field << 3 | 2; // a field with a length
  }

  /** Reads a field that ends there, and is read from where the stream is. */
  private interface Field {
    void read(int end) throws IOException;
  }

  /**
   * An attribute that was read.
   *
   * @param keyEnd where the key ends with which it begins; 0 where it begins otherwise
   * @param plain whether that is its key
   */
  private record Known(int from, int to, int keyEnd, boolean plain, KeyValue attribute) {
    /** Its key, where another attribute begins with the same; else null. */
    @Nullable String key(byte[] bytes, int otherFrom, int otherEnd) {
      return plain && otherEnd > 0 && Arrays.equals(bytes, from, keyEnd, bytes, otherFrom, otherEnd)
          ? attribute.getKey()
          : null;
    }
  }
}

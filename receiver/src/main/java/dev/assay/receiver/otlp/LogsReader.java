package dev.assay.receiver.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.assay.proto.telemetry.AllowList;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
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
  private static final int VALUE = tag(KeyValue.VALUE_FIELD_NUMBER);
  private static final int STRING = tag(AnyValue.STRING_VALUE_FIELD_NUMBER);
  private static final int INT = AnyValue.INT_VALUE_FIELD_NUMBER << 3; // a varint
  private static final int ATTRIBUTE = tag(LogRecord.ATTRIBUTES_FIELD_NUMBER);

  /** Messages within messages, as the generated code counts them. */
  private static final int LIMIT_DEPTH = 100;

  /** Two to the power of it are remembered: far more than differ in place, name or length. */
  private static final int REMEMBERED_BITS = 11;

  /** Spreads what differs in few bits. */
  private static final int GOLDEN = 0x9E3779B9;

  private static final char MALFORMED = '\uFFFD';

  private final byte[] bytes;
  private final CodedInputStream in;
  private final Known[] known = new Known[1 << REMEMBERED_BITS];

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
    int place = place(from, keyEnd, end);
    Known before = known[place];
    if (before != null && Arrays.equals(bytes, before.from, before.to, bytes, from, end)) {
      in.skipRawBytes(end - from);
      return before.attribute;
    }
    // One String, that is hashed once for all who look it up, and found without a comparison.
    @Nullable String key = before == null ? null : before.key(bytes, from, keyEnd);
    if (key == null && keyEnd > 0) {
      key = ascii(from + 2, keyEnd);
      key = key == null ? null : AllowList.nameOf(key);
    }
    KeyValue made = key == null ? null : simple(key, keyEnd, end);
    if (made != null) {
      in.skipRawBytes(end - from);
    } else {
      KeyValue.Builder attribute = KeyValue.newBuilder();
      mergeHere(attribute, end);
      if (attribute.getKey().equals(key)) {
        attribute.setKey(key);
      }
      made = attribute.build();
    }
    // Of several keys the last holds.
    known[place] = new Known(from, end, keyEnd, made.getKey().equals(key), made);
    return made;
  }

  /** Attributes of one name and length follow each other at the same place. */
  private int place(int from, int keyEnd, int end) {
    int hash = 31 * (31 * attributes.size() + end - from) + keyEnd - from;
    hash = 31 * hash + (keyEnd > from ? bytes[keyEnd - 1] : 0);
    return (hash * GOLDEN) >>> (Integer.SIZE - REMEMBERED_BITS);
  }

  /**
   * An attribute of one key and one short text or whole number, and nothing else, as most are; null
   * where it is another.
   */
  private @Nullable KeyValue simple(String key, int keyEnd, int end) {
    int from = keyEnd + 2;
    if (end - from < 2 || bytes[keyEnd] != VALUE || bytes[keyEnd + 1] != end - from) {
      return null;
    }
    AnyValue.Builder value = AnyValue.newBuilder();
    if (bytes[from] == STRING && bytes[from + 1] == end - from - 2) {
      String text = ascii(from + 2, end);
      if (text == null) {
        return null;
      }
      value.setStringValue(text);
    } else if (bytes[from] == INT && varintEnd(from + 1) == end) {
      value.setIntValue(varint(from + 1, end));
    } else {
      return null;
    }
    return KeyValue.newBuilder().setKey(key).setValue(value.build()).build();
  }

  /** Where a varint of at most eight bytes ends; 0 where it is longer. */
  private int varintEnd(int from) {
    int most = Math.min(from + Long.BYTES, bytes.length);
    for (int at = from; at < most; at++) {
      if (bytes[at] >= 0) {
        return at + 1;
      }
    }
    return 0;
  }

  private long varint(int from, int end) {
    long value = 0;
    for (int at = end - 1; at >= from; at--) {
      value = value << 7 | (bytes[at] & 0x7f);
    }
    return value;
  }

  /** Text of as many characters as bytes; null where some are not ASCII, and may be malformed. */
  private @Nullable String ascii(int from, int end) {
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    return text.length() == end - from && text.indexOf(MALFORMED) < 0 ? text : null;
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

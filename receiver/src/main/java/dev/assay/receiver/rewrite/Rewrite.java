package dev.assay.receiver.rewrite;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks an OTLP message by its own description, so that no list of attributes is forgotten: those
 * of the resource, the scope, the record, and of what stands inside a record (events and links of a
 * span, exemplars of a data point). What is inside a value ({@code AnyValue}) is left to the rule.
 */
public final class Rewrite {
  private Rewrite() {}

  /** The message as the rule leaves it; the same object where nothing changed. */
  @SuppressWarnings("unchecked") // a builder builds what it was made from
  public static <M extends Message> M apply(M message, Rule rule) {
    rule.message(message.getDescriptorForType());
    Message.Builder changed = null;
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      Object value = entry.getValue();
      Object now = value(message.getDescriptorForType(), field, value, rule);
      if (now != value) {
        changed = changed == null ? message.toBuilder() : changed;
        changed.setField(field, now);
      }
    }
    return changed == null ? message : (M) changed.build();
  }

  @SuppressWarnings("unchecked") // the description says what a field holds
  private static Object value(Descriptor owner, FieldDescriptor field, Object value, Rule rule) {
    if (field.getJavaType() == JavaType.STRING && !field.isRepeated()) {
      return rule.text(field, (String) value);
    }
    if (field.getJavaType() != JavaType.MESSAGE) {
      return value;
    }
    if (field.getMessageType().equals(AnyValue.getDescriptor())) {
      return rule.body((AnyValue) value);
    }
    if (field.getMessageType().equals(KeyValue.getDescriptor())) {
      return rule.attributes(owner, (List<KeyValue>) value);
    }
    return field.isRepeated() ? each((List<Message>) value, rule) : apply((Message) value, rule);
  }

  private static List<Message> each(List<Message> messages, Rule rule) {
    @Nullable Message[] changed = null;
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      Message now = apply(message, rule);
      if (now != message) {
        changed = changed == null ? messages.toArray(new Message[0]) : changed;
        changed[i] = now;
      }
    }
    return changed == null ? messages : List.of(changed);
  }

  /** What is done to one message. Each method returns the same object where nothing changes. */
  public interface Rule {
    /** A message is met, before what is in it. */
    default void message(Descriptor message) {}

    /**
     * A list of attributes.
     *
     * @param owner the message that has them, for instance {@code LogRecord}
     */
    List<KeyValue> attributes(Descriptor owner, List<KeyValue> attributes);

    /** The body of a log record. */
    default AnyValue body(AnyValue body) {
      return body;
    }

    /** A text that is no attribute, for instance the name of a span. */
    String text(FieldDescriptor field, String text);
  }
}

package dev.assay.agent.wire;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers attributes; what is null is left out. */
final class Attributes {
  private final List<KeyValue> list = new ArrayList<>();

  List<KeyValue> list() {
    return list;
  }

  void put(String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      add(key, AnyValue.newBuilder().setStringValue(value));
    }
  }

  void put(String key, long value) {
    add(key, AnyValue.newBuilder().setIntValue(value));
  }

  void putUnlessZero(String key, long value) {
    if (value != 0) {
      put(key, value);
    }
  }

  void put(String key, double value) {
    add(key, AnyValue.newBuilder().setDoubleValue(value));
  }

  void putIfTrue(String key, boolean value) {
    if (value) {
      add(key, AnyValue.newBuilder().setBoolValue(true));
    }
  }

  void put(String key, List<String> values) {
    if (!values.isEmpty()) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      values.forEach(value -> array.addValues(AnyValue.newBuilder().setStringValue(value)));
      add(key, AnyValue.newBuilder().setArrayValue(array));
    }
  }

  private void add(String key, AnyValue.Builder value) {
    list.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
  }
}

package dev.assay.receiver.forward;

import dev.assay.proto.telemetry.AllowList;
import dev.assay.proto.telemetry.Unlisted;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The allow list, applied to attributes that leave. */
final class AllowedAttributes {
  /** Characters of a value; a longer one is withheld, not cut. As for what is kept. */
  static final int LIMIT_VALUE_CHARS = 1024;

  /** Values of an array; the longest list of ours is a checkout's remotes. */
  static final int LIMIT_VALUES = 32;

  private final Set<String> also;

  /**
   * @param also names that pass besides those of the allow list
   */
  AllowedAttributes(Set<String> also) {
    this.also = also;
  }

  /** Those that pass; the same list where all do. */
  List<KeyValue> pass(List<KeyValue> pairs, boolean ofPoint, Withheld withheld) {
    List<KeyValue> passed = new ArrayList<>(pairs.size());
    long hash = 0;
    for (KeyValue pair : pairs) {
      if (passes(pair)) {
        passed.add(pair);
      } else {
        withheld.attribute();
        hash += ofPoint ? Unlisted.hash(pair.toByteString()) : 0;
      }
    }
    if (passed.size() == pairs.size()) {
      return pairs;
    }
    if (ofPoint) {
      passed.add(
          KeyValue.newBuilder()
              .setKey(Unlisted.NAME)
              .setValue(AnyValue.newBuilder().setStringValue(Long.toHexString(hash)))
              .build());
    }
    return passed;
  }

  private boolean passes(KeyValue pair) {
    boolean listed = AllowList.of(pair.getKey()).isKept() || also.contains(pair.getKey());
    AnyValue value = pair.getValue();
    if (!listed || !value.hasArrayValue()) {
      return listed && scalar(value);
    }
    List<AnyValue> values = value.getArrayValue().getValuesList();
    return values.size() <= LIMIT_VALUES && values.stream().allMatch(AllowedAttributes::scalar);
  }

  private static boolean scalar(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue().length() <= LIMIT_VALUE_CHARS;
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE -> true;
      default -> false;
    };
  }
}

package dev.assay.receiver.redaction;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.re2j.Pattern;
import dev.assay.proto.signature.SigningKey;
import dev.assay.receiver.rewrite.Rewrite;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Applies one rule to one message. */
final class Redactor {
  private static final String MASK = "****";

  /** Where a set value belongs: the record's own attributes, as in the Collector. */
  private static final Set<Descriptor> RECORDS =
      Set.of(
          LogRecord.getDescriptor(),
          NumberDataPoint.getDescriptor(),
          io.opentelemetry.proto.metrics.v1.HistogramDataPoint.getDescriptor(),
          io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.getDescriptor(),
          io.opentelemetry.proto.metrics.v1.SummaryDataPoint.getDescriptor(),
          Span.getDescriptor());

  private final @Nullable SigningKey key;
  private final Consumer<RedactionRule> applied;

  Redactor(@Nullable SigningKey key, Consumer<RedactionRule> applied) {
    this.key = key;
    this.applied = applied;
  }

  Rewrite.Rule by(RedactionRule rule) {
    return rule instanceof RedactionRule.Mask mask
        ? new Masked(mask)
        : new Changed((RedactionRule.Change) rule);
  }

  private static KeyValue with(KeyValue pair, AnyValue value) {
    return pair.toBuilder().setValue(value).build();
  }

  private static AnyValue ofText(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  /** A rule that changes single attributes. */
  private final class Changed implements Rewrite.Rule {
    private final RedactionRule.Change rule;

    Changed(RedactionRule.Change rule) {
      this.rule = rule;
    }

    @Override
    public List<KeyValue> attributes(Descriptor owner, List<KeyValue> pairs) {
      AnyValue set = set(pairs);
      List<KeyValue> changed = new ArrayList<>(pairs.size() + 1);
      boolean there = false;
      boolean differs = false;
      for (KeyValue pair : pairs) {
        if (!rule.means(pair.getKey())) {
          changed.add(pair);
          continue;
        }
        there = true;
        KeyValue now =
            switch (rule.action()) {
              case INSERT -> pair;
              case UPDATE, UPSERT -> set == null ? pair : with(pair, set);
              case DELETE -> null;
              case HASH -> with(pair, hash(pair.getValue()));
            };
        if (now != null) {
          changed.add(now);
        }
        if (!pair.equals(now)) {
          differs = true;
          applied.accept(rule);
        }
      }
      String name = rule.key();
      if (!there && inserts() && set != null && name != null && RECORDS.contains(owner)) {
        changed.add(KeyValue.newBuilder().setKey(name).setValue(set).build());
        applied.accept(rule);
        return changed;
      }
      return differs ? changed : pairs;
    }

    private boolean inserts() {
      return rule.action() == RedactionRule.Action.INSERT
          || rule.action() == RedactionRule.Action.UPSERT;
    }

    private @Nullable AnyValue set(List<KeyValue> pairs) {
      String value = rule.value();
      if (value != null) {
        return ofText(value);
      }
      return pairs.stream()
          .filter(pair -> pair.getKey().equals(rule.from()))
          .findFirst()
          .map(KeyValue::getValue)
          .orElse(null);
    }

    private AnyValue hash(AnyValue value) {
      if (key == null) {
        throw new IllegalStateException("a rule that hashes was let in without a key");
      }
      boolean text = value.hasStringValue();
      return ofText(key.pseudonym(text ? value.getStringValue() : value.toString()));
    }

    @Override
    public String text(FieldDescriptor field, String text) {
      return text;
    }
  }

  /** A rule that removes what is not allowed and masks what is blocked. */
  private final class Masked implements Rewrite.Rule {
    private final RedactionRule.Mask rule;

    Masked(RedactionRule.Mask rule) {
      this.rule = rule;
    }

    @Override
    public List<KeyValue> attributes(Descriptor owner, List<KeyValue> pairs) {
      List<KeyValue> changed = new ArrayList<>(pairs.size());
      boolean differs = false;
      for (KeyValue pair : pairs) {
        KeyValue now = masked(pair);
        if (now != null) {
          changed.add(now);
        }
        if (!pair.equals(now)) {
          differs = true;
          applied.accept(rule);
        }
      }
      return differs ? changed : pairs;
    }

    private @Nullable KeyValue masked(KeyValue pair) {
      String name = pair.getKey();
      if (rule.ignoredKeys().contains(name)) {
        return pair;
      }
      if (!rule.allowAllKeys() && !rule.allowedKeys().contains(name) && !Needed.is(name)) {
        return null;
      }
      if (RedactionRule.Mask.finds(rule.blockedKeys(), name)) {
        return with(pair, ofText(MASK));
      }
      AnyValue now = value(pair.getValue());
      if (now.equals(pair.getValue())) {
        return pair;
      }
      // Two ids that are masked alike would be one: the record is better refused.
      return Needed.IDS.contains(name) ? null : with(pair, now);
    }

    @Override
    public AnyValue body(AnyValue body) {
      AnyValue now = value(body);
      if (!now.equals(body)) {
        applied.accept(rule);
      }
      return now;
    }

    @Override
    public String text(FieldDescriptor field, String text) {
      String now = masked(text);
      if (!now.equals(text)) {
        applied.accept(rule);
        return now;
      }
      return text;
    }

    private AnyValue value(AnyValue value) {
      return switch (value.getValueCase()) {
        case STRING_VALUE -> {
          String now = masked(value.getStringValue());
          yield now.equals(value.getStringValue()) ? value : ofText(now);
        }
        case ARRAY_VALUE -> {
          ArrayValue.Builder values = ArrayValue.newBuilder();
          value.getArrayValue().getValuesList().forEach(each -> values.addValues(value(each)));
          ArrayValue now = values.build();
          yield now.equals(value.getArrayValue())
              ? value
              : AnyValue.newBuilder().setArrayValue(now).build();
        }
        case KVLIST_VALUE -> {
          KeyValueList.Builder values = KeyValueList.newBuilder();
          for (KeyValue pair : value.getKvlistValue().getValuesList()) {
            values.addValues(with(pair, value(pair.getValue())));
          }
          KeyValueList now = values.build();
          yield now.equals(value.getKvlistValue())
              ? value
              : AnyValue.newBuilder().setKvlistValue(now).build();
        }
        default -> value;
      };
    }

    private String masked(String text) {
      if (RedactionRule.Mask.finds(rule.allowedValues(), text)) {
        return text;
      }
      String now = text;
      for (Pattern blocked : rule.blockedValues()) {
        now = blocked.matcher(now).replaceAll(MASK);
      }
      return now;
    }
  }
}

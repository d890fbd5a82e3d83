package dev.assay.receiver.interpret;

import dev.assay.proto.telemetry.AllowList;
import dev.assay.proto.telemetry.Unlisted;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a record that may be looked at. What the allow list does not name is left out
 * and counted here, so that nothing behind this class can reach it. Clients differ in how they
 * write numbers and booleans (as themselves or as strings): every reader takes either.
 */
final class Attributes {
  /** Characters of a value; a longer one is withheld, not cut. */
  static final int LIMIT_VALUE_CHARS = 1024;

  /** Characters of a value that is only read, such as a tool's input. */
  static final int LIMIT_READ_CHARS = 64 * 1024;

  /** Tokens, lines or sequence numbers above this are not believed. */
  static final long LIMIT_NUMBER = 1_000_000_000_000L;

  private static final int LIMIT_DECIMAL_CHARS = 32;

  /** As many of {@link AllowList.Use#WHO} as most records have. */
  private static final int WHO_ATTRIBUTES = 8;

  /**
   * Stands in {@link #kept} for attributes that may not be kept: two series that differ in them
   * alone stay two.
   */
  static final String UNLISTED = Unlisted.NAME;

  private final @Nullable Attributes outer;
  private final Map<String, AnyValue> values;
  private final List<KeyValue> who;
  private final long unlistedHash;

  private Attributes(
      @Nullable Attributes outer,
      Map<String, AnyValue> values,
      List<KeyValue> who,
      long unlistedHash) {
    this.outer = outer;
    this.values = values;
    this.who = who;
    this.unlistedHash = unlistedHash;
  }

  /**
   * @param outer the resource's attributes, which stand in where the record has none; null for the
   *     resource itself
   */
  static Attributes of(List<KeyValue> pairs, @Nullable Attributes outer, Tally tally) {
    return of(pairs, outer, tally, false);
  }

  /** As {@link #of}, for the attributes of a data point, which make its series. */
  static Attributes ofPoint(List<KeyValue> pairs, @Nullable Attributes outer, Tally tally) {
    return of(pairs, outer, tally, true);
  }

  private static Attributes of(
      List<KeyValue> pairs, @Nullable Attributes outer, Tally tally, boolean hashUnlisted) {
    long unlistedHash = 0;
    Map<String, AnyValue> values = new HashMap<>(pairs.size() * 2);
    List<KeyValue> who = new ArrayList<>(WHO_ATTRIBUTES);
    for (KeyValue pair : pairs) {
      String name = pair.getKey();
      AllowList.Use use = AllowList.of(name);
      if (use == AllowList.Use.REMOVED) {
        tally.count(whyWithheld(name));
        // A sum does not depend on the order.
        unlistedHash += hashUnlisted ? Unlisted.hash(pair.toByteString()) : 0;
        continue;
      }
      AnyValue value = pair.getValue();
      int limit = use == AllowList.Use.READ ? LIMIT_READ_CHARS : LIMIT_VALUE_CHARS;
      if (value.hasStringValue() && value.getStringValue().length() > limit) {
        tally.count(use == AllowList.Use.READ ? Reason.TOOL_INPUT : Reason.TOO_LONG);
        continue;
      }
      if (use == AllowList.Use.READ) {
        tally.count(Reason.TOOL_INPUT);
      }
      if (use == AllowList.Use.WHO) {
        who.add(pair);
      }
      values.putIfAbsent(name, value);
    }
    return new Attributes(outer, values, who, unlistedHash);
  }

  private static Reason whyWithheld(String name) {
    return switch (name) {
      case "prompt", "prompt_text", "user_prompt" -> Reason.PROMPT;
      case "response" -> Reason.RESPONSE;
      case "body", "body_ref" -> Reason.API_BODY;
      case "error" -> Reason.ERROR_TEXT;
      default -> Reason.NOT_LISTED;
    };
  }

  private @Nullable AnyValue value(String name) {
    AnyValue own = values.get(name);
    return own != null || outer == null ? own : outer.value(name);
  }

  /**
   * Whether what {@link #who} gives is certainly the same: where it was read from the same bytes,
   * as of one sender's records it is, it was made once.
   */
  @SuppressWarnings("ReferenceEquality") // to compare what they say would be to read it again
  boolean sameWho(Attributes other) {
    boolean same = outer == other.outer && who.size() == other.who.size();
    for (int i = 0; same && i < who.size(); i++) {
      same = who.get(i) == other.who.get(i);
    }
    return same;
  }

  /** As {@link #text}, for an attribute of {@link AllowList.Use#WHO}. */
  @Nullable String who(String name) {
    if (AllowList.of(name) != AllowList.Use.WHO) {
      throw new IllegalArgumentException(name + " may differ from record to record");
    }
    return text(name);
  }

  /** The value as text; null where it is absent, empty or not a scalar. */
  @Nullable String text(String name) {
    AnyValue value = value(name);
    return value == null ? null : scalar(value);
  }

  /** As {@link #text}, for an attribute without which there is no fact. */
  String required(String name) throws BadRecord {
    String text = text(name);
    if (text == null) {
      throw new BadRecord(Reason.MISSING, "no " + name);
    }
    return text;
  }

  /** A whole number from 0 to {@link #LIMIT_NUMBER}; null where it is absent. */
  @Nullable Long whole(String name) throws BadRecord {
    return whole(name, LIMIT_NUMBER);
  }

  /** Nanoseconds since 1970; null where it is absent. */
  @Nullable Long unixNanos(String name) throws BadRecord {
    return whole(name, Long.MAX_VALUE);
  }

  private @Nullable Long whole(String name, long limit) throws BadRecord {
    AnyValue value = value(name);
    if (value != null
        && value.hasIntValue()
        && value.getIntValue() >= 0
        && value.getIntValue() <= limit) {
      return value.getIntValue(); // as nearly all come
    }
    BigDecimal decimal = decimal(name);
    if (decimal == null) {
      return null;
    }
    if (decimal.signum() < 0 || decimal.compareTo(BigDecimal.valueOf(limit)) > 0) {
      throw new BadRecord(Reason.BAD_VALUE, name + " is not between 0 and " + limit);
    }
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException e) {
      throw new BadRecord(Reason.BAD_VALUE, name + " is no whole number");
    }
  }

  /** As {@link #whole}, 0 where it is absent. */
  long wholeOrZero(String name) throws BadRecord {
    Long whole = whole(name);
    return whole == null ? 0 : whole;
  }

  /** A number; null where it is absent. */
  @Nullable BigDecimal decimal(String name) throws BadRecord {
    AnyValue value = value(name);
    if (value == null) {
      return null;
    }
    if (value.hasIntValue()) {
      return BigDecimal.valueOf(value.getIntValue());
    }
    if (value.hasDoubleValue() && isPlain(value.getDoubleValue())) {
      return BigDecimal.valueOf(value.getDoubleValue()); // what its text says
    }
    String text = scalar(value);
    if (text == null) {
      return null;
    }
    try {
      if (text.length() <= LIMIT_DECIMAL_CHARS) {
        BigDecimal decimal = new BigDecimal(text);
        // An exponent of a billion would fill the memory as soon as someone calculates with it.
        if (Math.abs((long) decimal.scale()) <= LIMIT_DECIMAL_CHARS) {
          return decimal;
        }
      }
    } catch (NumberFormatException e) {
      // Said below, with the name.
    }
    throw new BadRecord(Reason.BAD_VALUE, name + " is no number");
  }

  /** Whether the value is true; null where it is absent or neither true nor false. */
  @Nullable Boolean flag(String name) {
    String text = text(name);
    if ("true".equalsIgnoreCase(text)) {
      return true;
    }
    return "false".equalsIgnoreCase(text) ? false : null;
  }

  /** The strings of an array, or the one string. */
  List<String> texts(String name, int limit) throws BadRecord {
    AnyValue value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.hasArrayValue()) {
      String one = scalar(value);
      return one == null ? List.of() : List.of(one);
    }
    List<AnyValue> items = value.getArrayValue().getValuesList();
    if (items.size() > limit) {
      throw new BadRecord(Reason.TOO_MANY, name + " has more than " + limit + " values");
    }
    List<String> texts = new ArrayList<>(items.size());
    for (AnyValue item : items) {
      String text = scalar(item);
      if (text == null || text.length() > LIMIT_VALUE_CHARS) {
        throw new BadRecord(Reason.BAD_VALUE, name + " has a value that is no short string");
      }
      texts.add(text);
    }
    return texts;
  }

  /** Every kept scalar, the outer ones included: what tells one series from another. */
  SortedMap<String, String> kept() {
    SortedMap<String, String> kept = outer == null ? new TreeMap<>() : outer.kept();
    values.forEach(
        (name, value) -> {
          String text = scalar(value);
          if (text != null && AllowList.of(name).isKept()) {
            kept.put(name, text);
          }
        });
    if (unlistedHash != 0) {
      kept.put(UNLISTED, Long.toHexString(unlistedHash));
    }
    return kept;
  }

  private static @Nullable String scalar(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue().isEmpty() ? null : value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> null;
    };
  }

  /** Whether neither its text nor its scale comes near a limit. */
  private static boolean isPlain(double value) {
    return value == 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e6);
  }

  private static @Nullable String number(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value).toPlainString() : null;
  }
}

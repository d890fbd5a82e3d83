package dev.assay.receiver.redaction;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule. Patterns are RE2's, as the Collector's are: their time is linear in the text, whatever
 * the pattern.
 */
public sealed interface RedactionRule {
  /** As the configuration names it, for counters: {@code attributes/finance.actions[0]}. */
  String name();

  /**
   * Changes single attributes. Exactly one of {@code key} and {@code keys} is there.
   *
   * @param keys finds, anywhere in a key, the attributes that are meant
   * @param value to set; null where {@code from} names an attribute that has it, or none is set
   */
  record Change(
      String name,
      Action action,
      @Nullable String key,
      @Nullable Pattern keys,
      @Nullable String value,
      @Nullable String from)
      implements RedactionRule {
    boolean means(String attribute) {
      return keys == null ? attribute.equals(key) : keys.matcher(attribute).find();
    }
  }

  /** What is done to an attribute. */
  enum Action {
    /** Sets it where it is not there. */
    INSERT,
    /** Sets it where it is there. */
    UPDATE,
    /** Sets it. */
    UPSERT,
    DELETE,
    /** Puts a keyed hash in place of its value. */
    HASH
  }

  /**
   * Removes attributes that are not allowed, and masks values with {@code ****}.
   *
   * @param allowAllKeys whether {@code allowedKeys} is not looked at
   * @param ignoredKeys attributes that are never touched
   * @param blockedKeys finds, in a key, the attributes whose value is masked whole
   * @param blockedValues finds, in a text, what is masked
   * @param allowedValues a text in which one of them finds something is not masked
   */
  record Mask(
      String name,
      boolean allowAllKeys,
      Set<String> allowedKeys,
      Set<String> ignoredKeys,
      List<Pattern> blockedKeys,
      List<Pattern> blockedValues,
      List<Pattern> allowedValues)
      implements RedactionRule {
    public Mask {
      allowedKeys = Set.copyOf(allowedKeys);
      ignoredKeys = Set.copyOf(ignoredKeys);
      blockedKeys = List.copyOf(blockedKeys);
      blockedValues = List.copyOf(blockedValues);
      allowedValues = List.copyOf(allowedValues);
    }

    static boolean finds(List<Pattern> patterns, String text) {
      return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }
  }
}

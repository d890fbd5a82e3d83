package dev.assay.web.config;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to attributes before anything is stored or forwarded; by the names of the
 * Collector's own processors.
 */
public sealed interface Processor {
  /** As the file names it, for instance {@code redaction/finance}. */
  String id();

  /**
   * {@code processors.attributes}: single attributes, one action after the other.
   *
   * @param actions at least one
   */
  record Attributes(String id, List<Action> actions) implements Processor {
    public Attributes {
      actions = List.copyOf(actions);
    }

    static Attributes read(Section section) throws ConfigException {
      List<Action> actions = new ArrayList<>();
      for (Section action : section.sections("actions")) {
        actions.add(Action.read(action));
      }
      if (actions.isEmpty()) {
        throw new ConfigException(section.key() + ".actions is missing: a list of actions");
      }
      section.done();
      return new Attributes(section.key().substring("processors.".length()), actions);
    }
  }

  /**
   * One action of {@code processors.attributes}. Exactly one of {@code key} and {@code pattern} is
   * there, and for what sets a value exactly one of {@code value} and {@code fromAttribute}.
   *
   * @param key of the attribute
   * @param pattern of the attributes' keys; for {@code delete} and {@code hash}
   * @param value to set
   * @param fromAttribute the key of the attribute whose value is set
   */
  record Action(
      Kind kind,
      @Nullable String key,
      @Nullable Pattern pattern,
      @Nullable String value,
      @Nullable String fromAttribute) {
    /** What is done. */
    public enum Kind {
      /** Sets it where it is not there. */
      INSERT,
      /** Sets it where it is there. */
      UPDATE,
      /** Sets it. */
      UPSERT,
      DELETE,
      /** Puts a keyed hash of the value, in hexadecimal, in its place. */
      HASH;

      boolean sets() {
        return this == INSERT || this == UPDATE || this == UPSERT;
      }
    }

    static Action read(Section section) throws ConfigException {
      section.required("action");
      Kind kind =
          Kind.valueOf(
              section
                  .oneOf("action", "", "insert", "update", "upsert", "delete", "hash")
                  .toUpperCase(java.util.Locale.ROOT));
      String key = section.optional("key");
      Pattern pattern = section.has("pattern") ? section.pattern("pattern") : null;
      String value = section.optional("value");
      String from = section.optional("from_attribute");
      if ((key == null) == (pattern == null) || (pattern != null && kind.sets())) {
        throw new ConfigException(
            section.key() + ": needs a key, or, for delete and hash, a pattern; not both");
      }
      if (kind.sets() ? (value == null) == (from == null) : value != null || from != null) {
        throw new ConfigException(
            section.key()
                + (kind.sets()
                    ? ": needs a value or from_attribute, not both"
                    : ": takes neither value nor from_attribute"));
      }
      section.done();
      return new Action(kind, key, pattern, value, from);
    }
  }

  /**
   * {@code processors.redaction}: an allow list of keys, and values that are masked with {@code
   * ****}.
   *
   * @param allowAllKeys whether {@code allowedKeys} is not looked at
   * @param allowedKeys keys that stay; others are removed
   * @param ignoredKeys keys that are never touched
   * @param blockedKeyPatterns keys whose values are masked whole
   * @param blockedValues what is masked inside of values
   * @param allowedValues values that stay although they are blocked
   */
  record Redaction(
      String id,
      boolean allowAllKeys,
      List<String> allowedKeys,
      List<String> ignoredKeys,
      List<Pattern> blockedKeyPatterns,
      List<Pattern> blockedValues,
      List<Pattern> allowedValues)
      implements Processor {
    public Redaction {
      allowedKeys = List.copyOf(allowedKeys);
      ignoredKeys = List.copyOf(ignoredKeys);
      blockedKeyPatterns = List.copyOf(blockedKeyPatterns);
      blockedValues = List.copyOf(blockedValues);
      allowedValues = List.copyOf(allowedValues);
    }

    static Redaction read(Section section) throws ConfigException {
      Redaction read =
          new Redaction(
              section.key().substring("processors.".length()),
              section.flag("allow_all_keys", false),
              section.texts("allowed_keys"),
              section.texts("ignored_keys"),
              section.patterns("blocked_key_patterns"),
              section.patterns("blocked_values"),
              section.patterns("allowed_values"));
      section.done();
      return read;
    }
  }

  /** Reads one, whose key begins with {@code processors.}. */
  static Processor read(Section section) throws ConfigException {
    return section.key().startsWith("processors.attributes")
        ? Attributes.read(section)
        : Redaction.read(section);
  }
}

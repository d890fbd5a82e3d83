package dev.assay.web.command;

import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.receiver.redaction.Redaction;
import dev.assay.receiver.redaction.RedactionRule;
import dev.assay.receiver.redaction.Redactions;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Processor;
import io.opentelemetry.api.metrics.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configured processors as the receiver wants them. */
final class Redacting {
  private Redacting() {}

  /**
   * What is done to each signal.
   *
   * @param keyring its first key makes the hashes
   * @throws ConfigException where a rule would take away what Assay needs, or lacks its key
   */
  static Redactions of(Config config, Keyring keyring, Meter meter) throws ConfigException {
    SigningKey key = keyring.keys().isEmpty() ? null : keyring.first();
    return new Redactions(
        of(config.pipelines().logs().processors(), key, meter),
        of(config.pipelines().metrics().processors(), key, meter),
        of(config.pipelines().traces().processors(), key, meter));
  }

  private static Redaction of(List<Processor> processors, @Nullable SigningKey key, Meter meter)
      throws ConfigException {
    if (processors.isEmpty()) {
      return Redaction.none();
    }
    List<RedactionRule> rules = new ArrayList<>();
    for (Processor processor : processors) {
      if (processor instanceof Processor.Attributes attributes) {
        for (int i = 0; i < attributes.actions().size(); i++) {
          String name = attributes.id() + ".actions[" + i + "]";
          rules.add(change(name, attributes.actions().get(i)));
        }
      } else if (processor instanceof Processor.Redaction redaction) {
        rules.add(mask(redaction));
      }
    }
    try {
      return new Redaction(rules, key, meter);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("processors." + e.getMessage());
    }
  }

  private static RedactionRule change(String name, Processor.Action action) {
    return new RedactionRule.Change(
        name,
        RedactionRule.Action.valueOf(action.kind().name()),
        action.key(),
        action.pattern(),
        action.value(),
        action.fromAttribute());
  }

  private static RedactionRule mask(Processor.Redaction redaction) {
    return new RedactionRule.Mask(
        redaction.id(),
        redaction.allowAllKeys(),
        Set.copyOf(redaction.allowedKeys()),
        Set.copyOf(redaction.ignoredKeys()),
        redaction.blockedKeyPatterns(),
        redaction.blockedValues(),
        redaction.allowedValues());
  }
}

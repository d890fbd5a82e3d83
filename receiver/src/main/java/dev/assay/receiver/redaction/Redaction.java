package dev.assay.receiver.redaction;

import com.google.protobuf.Message;
import dev.assay.proto.signature.SigningKey;
import dev.assay.receiver.rewrite.Rewrite;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one pipeline, in their order. What they take away is neither stored nor passed on,
 * for nobody behind them sees it. For several threads.
 */
public final class Redaction {
  private static final Redaction NONE = new Redaction();
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("rule");

  private final List<RedactionRule> rules;
  private final @Nullable Redactor redactor;

  private Redaction() {
    rules = List.of();
    redactor = null;
  }

  /**
   * @param key of the hashes; null where there is none, and no rule that needs one
   * @param meter for {@code assay.redaction.applied}, which counts by rule
   * @throws IllegalArgumentException where a rule takes away what Assay needs, or needs a key that
   *     is not there; the message names the rule
   */
  public Redaction(List<RedactionRule> rules, @Nullable SigningKey key, Meter meter) {
    Needed.check(rules);
    for (RedactionRule rule : rules) {
      boolean hashes =
          rule instanceof RedactionRule.Change change
              && change.action() == RedactionRule.Action.HASH;
      if (hashes && key == null) {
        throw new IllegalArgumentException(
            rule.name()
                + ": hash needs a key, for a value whose hash has none can be guessed; name one with"
                + " --key-file (processors.lines.key_file)");
      }
    }
    LongCounter applied =
        meter
            .counterBuilder("assay.redaction.applied")
            .setDescription("Attributes and texts that a rule removed, masked or set, by rule")
            .build();
    rules.forEach(rule -> applied.add(0, Attributes.of(RULE, rule.name())));
    this.rules = List.copyOf(rules);
    redactor = new Redactor(key, rule -> applied.add(1, Attributes.of(RULE, rule.name())));
  }

  /** Leaves everything as it is. */
  public static Redaction none() {
    return NONE;
  }

  /** The request as the rules leave it; the same object where nothing changed. */
  public <M extends Message> M apply(M request) {
    M redacted = request;
    if (redactor != null) {
      for (RedactionRule rule : rules) {
        redacted = Rewrite.apply(redacted, redactor.by(rule));
      }
    }
    return redacted;
  }
}

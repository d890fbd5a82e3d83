package dev.assay.web.metrics;

import dev.assay.receiver.attribution.Limit;
import dev.assay.receiver.attribution.Limits;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/** How often each limit of attribution left something out. */
final class LimitCounter {
  private static final AttributeKey<String> LIMIT = AttributeKey.stringKey("limit");

  private LimitCounter() {}

  static Limits in(Meter meter) {
    LongCounter limited =
        meter
            .counterBuilder("assay.attribution.limited")
            .setDescription("Times that a limit of attribution left something out, by limit")
            .build();
    for (Limit limit : Limit.values()) {
      limited.add(0, Attributes.of(LIMIT, limit.label())); // each is there to be watched
    }
    return Limits.standard().telling(limit -> limited.add(1, Attributes.of(LIMIT, limit.label())));
  }
}

package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observations that are durable already.
 *
 * @param given are made anew from their entry whenever they are asked for: as bytes, those that
 *     wait cost the collector nothing
 * @param end is told, once, that they are facts, or that they cannot be
 */
record Journaled(int size, Supplier<List<Observation>> given, Consumer<Boolean> end)
    implements Request {
  private static final Logger log = LoggerFactory.getLogger(Journaled.class);

  @Override
  public List<Observation> observations() {
    return given.get();
  }

  @Override
  public void written() {
    end.accept(true);
  }

  @Override
  public void refused(String message, @Nullable Throwable cause) {
    log.error("Something acknowledged cannot be made a fact: {}", message, cause);
    end.accept(false);
  }
}

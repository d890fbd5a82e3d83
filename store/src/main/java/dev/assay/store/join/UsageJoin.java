package dev.assay.store.join;

import dev.assay.store.fact.UsageObservation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one response of the model's API.
 *
 * @param ids every request id and message id that it goes by, as {@link #ids(UsageObservation)}
 *     writes them, each once, sorted; never empty
 * @param costUsd what a source states itself
 * @param main whether it stands in a main conversation
 */
public record UsageJoin(
    List<String> ids,
    Claim claim,
    Ranked<Long> time,
    Measured measured,
    @Nullable Ranked<BigDecimal> costUsd,
    @Nullable Ranked<String> speed,
    @Nullable Ranked<String> querySource,
    Ranked<Boolean> main) {
  /** Digits after the point in which money is kept. */
  public static final int MONEY_SCALE = 10;

  public UsageJoin {
    ids = List.copyOf(ids);
  }

  /** What one observation says. */
  public static UsageJoin of(UsageObservation o) {
    int place = Join.telemetryFirst(o.source());
    long rank = Join.earliest(place, o.time());
    return new UsageJoin(
        ids(o),
        Claim.of(o.source(), o.session()),
        new Ranked<>(Join.micros(o.time()), rank),
        new Measured(
            place,
            o.inputTokens(),
            o.outputTokens(),
            o.cacheReadTokens(),
            o.cacheCreationTokens(),
            o.model(),
            money(o.estimatedCostUsd())),
        Ranked.of(money(o.costUsd()), place),
        Ranked.of(o.speed(), rank),
        Ranked.of(o.querySource(), rank),
        new Ranked<>(!o.sidechain(), Join.agentFirst(o.source())));
  }

  /** {@code m:} and the message id, {@code r:} and the request id; the two never mix. */
  public static List<String> ids(UsageObservation o) {
    List<String> ids = new ArrayList<>(2);
    if (o.messageId() != null) {
      ids.add("m:" + o.messageId());
    }
    if (o.requestId() != null) {
      ids.add("r:" + o.requestId());
    }
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("a response needs a message id or a request id");
    }
    return ids;
  }

  /** What both say together. */
  public UsageJoin join(UsageJoin other) {
    TreeSet<String> all = new TreeSet<>(ids);
    all.addAll(other.ids);
    return new UsageJoin(
        List.copyOf(all),
        Claim.best(claim, other.claim),
        Known.best(time, other.time),
        Measured.LARGER.compare(measured, other.measured) >= 0 ? measured : other.measured,
        Ranked.best(costUsd, other.costUsd),
        Ranked.best(speed, other.speed),
        Ranked.best(querySource, other.querySource),
        Known.best(main, other.main));
  }

  /** The key under which it is kept: the smallest of its ids. */
  public String id() {
    return ids.get(0);
  }

  /** The cost that a source states, else the one of the price table; null where neither knows. */
  public @Nullable BigDecimal cost() {
    return costUsd != null ? costUsd.value() : measured.estimatedCostUsd();
  }

  private static @Nullable BigDecimal money(@Nullable BigDecimal usd) {
    return usd == null ? null : usd.setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
  }

  /**
   * Tokens, model and the price of exactly these tokens: they stay together, and the larger total
   * wins, because a placeholder comes before the final record.
   *
   * @param place of the source, for ties
   */
  public record Measured(
      int place,
      long input,
      long output,
      long cacheRead,
      long cacheCreation,
      String model,
      @Nullable BigDecimal estimatedCostUsd) {
    static final Comparator<Measured> LARGER =
        Comparator.comparingLong(Measured::total)
            .thenComparingInt(Measured::place)
            .thenComparingLong(Measured::output)
            .thenComparingLong(Measured::input)
            .thenComparingLong(Measured::cacheCreation)
            .thenComparing(Measured::model)
            .thenComparing(
                Measured::estimatedCostUsd,
                Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder()));

    long total() {
      return input + output + cacheRead + cacheCreation;
    }
  }
}

package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  private static final Instant NOVEMBER = Instant.parse("2026-11-20T10:00:00Z");
  private final Prices prices = Prices.load();

  @ParameterizedTest
  @CsvSource({
    // The worked examples of the clients' own captures.
    "claude-opus-5-5,     1201, 151,  5000,   300,     0, false, 0.010324",
    "claude-haiku-5-5,       2,   4,  9179, 13356, 13356, false, 0.0027651900",
    // One million of each kind, by the table.
    "claude-sonnet-4-6, 1000000, 0, 0, 0, 0, false, 3",
    "claude-sonnet-4-6, 0, 1000000, 0, 0, 0, false, 15",
    "claude-sonnet-4-6, 0, 0, 1000000, 0, 0, false, 0.3",
    "claude-sonnet-4-6, 0, 0, 0, 1000000, 0, false, 3.75",
    "claude-sonnet-4-6, 0, 0, 0, 1000000, 1000000, false, 6",
    "claude-sonnet-4-6, 0, 0, 0, 1000000, 400000, false, 4.65",
    // More one-hour writes than writes: not believed.
    "claude-sonnet-4-6, 0, 0, 0, 1000000, 9000000, false, 6",
    // The fast mode.
    "claude-opus-4-8, 1000000, 0, 0, 0, 0, true, 10",
    "claude-opus-4-6, 1000000, 0, 0, 0, 0, true, 30",
    // A long prompt costs more for the whole response, from one token above the limit.
    "claude-haiku-5-5, 100000, 1000000, 0, 0, 0, false, 0.51",
    "claude-haiku-5-5, 100001, 1000000, 0, 0, 0, false, 2.5500005",
    "claude-haiku-5-5, 1, 1000000, 50000, 50000, 0, false, 2.5337505",
    "claude-sonnet-4-5, 200000, 0, 0, 0, 0, false, 0.6",
    "claude-sonnet-4-5, 200001, 0, 0, 0, 0, false, 1.200006",
    "claude-opus-4-6, 900000, 0, 0, 0, 0, false, 4.5",
  })
  void estimate(
      String model,
      long input,
      long output,
      long cacheRead,
      long cacheCreation,
      long cacheCreation1h,
      boolean fast,
      BigDecimal dollars) {
    assertThat(
            prices.estimate(
                model,
                NOVEMBER,
                new Prices.Tokens(input, output, cacheRead, cacheCreation, cacheCreation1h),
                new Prices.Terms(fast, false, 0)))
        .isEqualByComparingTo(dollars);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-06T23:59:59.999Z, 0.2",
    "2026-10-07T00:00:00Z, 0.1",
  })
  void estimate_priceOfTheDay(Instant at, BigDecimal dollars) {
    assertThat(
            prices.estimate(
                "claude-sonnet-5-5",
                at,
                new Prices.Tokens(0, 0, 1_000_000, 0, 0),
                Prices.Terms.PLAIN))
        .isEqualByComparingTo(dollars);
  }

  @Test
  void estimate_webSearches() {
    assertThat(
            prices.estimate(
                "claude-opus-5",
                NOVEMBER,
                new Prices.Tokens(0, 0, 0, 0, 0),
                new Prices.Terms(false, false, 3)))
        .isEqualByComparingTo("0.03");
  }

  @ParameterizedTest
  @CsvSource({"claude-opus-5-5, 4.4", "claude-sonnet-4-6, 3.3", "claude-opus-4-5, 5"})
  void estimate_inTheUsOnly(String model, BigDecimal dollars) {
    assertThat(
            prices.estimate(
                model,
                NOVEMBER,
                new Prices.Tokens(1_000_000, 0, 0, 0, 0),
                new Prices.Terms(false, true, 0)))
        .isEqualByComparingTo(dollars);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-unheard-of-9, false",
    "<synthetic>, false",
    "'', false",
    // A model without a fast mode: its price is not known, rather than the slow one.
    "claude-haiku-4-5, true",
  })
  void estimate_unknown(String model, boolean fast) {
    assertThat(
            prices.estimate(
                model,
                NOVEMBER,
                new Prices.Tokens(1, 1, 1, 1, 0),
                new Prices.Terms(fast, false, 0)))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-8, claude-opus-4-8",
    "claude-opus-4-8[1m], claude-opus-4-8",
    "claude-opus-4-20250514, claude-opus-4",
    "claude-sonnet-4-5-20250929[1m], claude-sonnet-4-5",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5",
    "global.anthropic.claude-opus-4-6-v1, claude-opus-4-6",
    "us-gov.anthropic.claude-3-7-sonnet-20250219-v1:0, claude-3-7-sonnet",
    "anthropic.claude-3-haiku-20240307-v1:0, claude-3-haiku",
    "claude-haiku-4-5@20251001, claude-haiku-4-5",
    "vertex_ai/claude-opus-4-1@20250805, claude-opus-4-1",
    "bedrock/us.anthropic.claude-opus-5-v1:0, claude-opus-5",
    "anthropic/claude-opus-4.8, claude-opus-4-8",
    "claude-3-5-haiku-latest, claude-3-5-haiku",
    "Claude-Opus-5-5, claude-opus-5-5",
  })
  void plain(String id, String name) {
    assertThat(Prices.plain(id)).isEqualTo(name);
    assertThat(prices.estimate(id, NOVEMBER, new Prices.Tokens(1, 1, 1, 1, 0), Prices.Terms.PLAIN))
        .isPositive();
  }
}

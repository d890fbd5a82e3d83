package dev.assay.receiver.interpret;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * List prices of the models' API, from {@code prices.tsv}, where each row's meaning and source
 * stand. An estimate, also for subscribers, who do not pay by the token.
 */
final class Prices {
  private static final String TABLE = "prices.tsv";

  /** Places behind the point of a cost: as the store keeps them. */
  private static final int SCALE = 10;

  private static final int PER_MILLION = 6;
  private static final BigDecimal WEB_SEARCH = new BigDecimal("0.01");

  /** What stands before a model's own name at other providers. */
  private static final Pattern PREFIX =
      Pattern.compile("^(?:[a-z0-9_-]+/)*(?:(?:[a-z-]{2,8}\\.)?anthropic\\.)?");

  /** Versions, dates and variants that do not change the price. */
  private static final Pattern SUFFIX =
      Pattern.compile("(?:\\[1m]|@[0-9a-z]+|-v[0-9]+(?::[0-9]+)?|-20[0-9]{6}|-latest)+$");

  /** Names whose plain form is kept: a request for each would be a name for each. */
  private static final int LIMIT_NAMES = 1_000;

  private final Map<String, List<Row>> rows;
  private final Map<String, String> plain = new ConcurrentHashMap<>();

  private Prices(Map<String, List<Row>> rows) {
    this.rows = rows;
  }

  /** The table that comes with this version. */
  static Prices load() {
    try (InputStream in = Prices.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the price table " + TABLE + " is not in the jar");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      Map<String, List<Row>> rows = new HashMap<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          Row row = Row.parse(line);
          rows.computeIfAbsent(row.model, model -> new ArrayList<>()).add(row);
        }
      }
      return new Prices(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The cost of one response in US dollars; null where the table does not know the model, the day
   * or the speed.
   *
   * @param model with or without a provider's prefix, date, version and {@code [1m]}
   * @param at decides where a price has changed
   * @param terms what else the price depends on
   */
  @Nullable BigDecimal estimate(String model, Instant at, Tokens tokens, Terms terms) {
    String known = plain.get(model);
    String name = known == null ? plain(model) : known;
    if (known == null && plain.size() < LIMIT_NAMES) {
      plain.put(model, name);
    }
    Row row = row(name, LocalDate.ofInstant(at, ZoneOffset.UTC), tokens.prompt());
    if (row == null || (terms.fast && row.fast == null)) {
      return null;
    }
    BigDecimal perMillion =
        row.input
            .multiply(BigDecimal.valueOf(tokens.input))
            .add(row.write5m.multiply(BigDecimal.valueOf(tokens.cacheCreation - tokens.write1h())))
            .add(row.write1h.multiply(BigDecimal.valueOf(tokens.write1h())))
            .add(row.cacheRead.multiply(BigDecimal.valueOf(tokens.cacheRead)))
            .add(row.output.multiply(BigDecimal.valueOf(tokens.output)));
    if (terms.fast && row.fast != null) {
      perMillion = perMillion.multiply(row.fast);
    }
    if (terms.usOnly) {
      perMillion = perMillion.multiply(row.usOnly);
    }
    return rounded(
        perMillion
            .movePointLeft(PER_MILLION)
            .add(WEB_SEARCH.multiply(BigDecimal.valueOf(terms.webSearches))));
  }

  /** Without the noise that doubles carry at their end. */
  static BigDecimal rounded(BigDecimal dollars) {
    return dollars.setScale(SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  /** The name under which the table has a model. */
  static String plain(String model) {
    String name = model.strip().toLowerCase(Locale.ROOT);
    name = PREFIX.matcher(name).replaceFirst("");
    // OpenRouter writes claude-opus-4.8.
    return SUFFIX.matcher(name).replaceFirst("").replace('.', '-');
  }

  private @Nullable Row row(String model, LocalDate day, long promptTokens) {
    Row best = null;
    for (Row row : rows.getOrDefault(model, List.of())) {
      boolean holds =
          !day.isBefore(row.from) && day.isBefore(row.until) && promptTokens > row.abovePrompt;
      if (holds && (best == null || row.abovePrompt > best.abovePrompt)) {
        best = row;
      }
    }
    return best;
  }

  /**
   * The tokens of one response.
   *
   * @param cacheCreation all cache writes
   * @param cacheCreation1h those of them that are kept for an hour, where told
   */
  record Tokens(long input, long output, long cacheRead, long cacheCreation, long cacheCreation1h) {
    long prompt() {
      return input + cacheRead + cacheCreation;
    }

    long write1h() {
      return Math.min(cacheCreation1h, cacheCreation);
    }
  }

  /**
   * What a price depends on besides the tokens.
   *
   * @param fast whether in the fast mode
   * @param usOnly whether computed in the US by the customer's wish
   * @param webSearches of this response
   */
  record Terms(boolean fast, boolean usOnly, long webSearches) {
    /** Nothing special. */
    static final Terms PLAIN = new Terms(false, false, 0);
  }

  /** US dollars for a million tokens of one model, between two days, above a size of the prompt. */
  private record Row(
      String model,
      LocalDate from,
      LocalDate until,
      long abovePrompt,
      BigDecimal input,
      BigDecimal write5m,
      BigDecimal write1h,
      BigDecimal cacheRead,
      BigDecimal output,
      @Nullable BigDecimal fast,
      BigDecimal usOnly) {
    private static final int COLUMNS = 11;

    static Row parse(String line) {
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS) {
        throw new IllegalStateException(TABLE + ": not " + COLUMNS + " columns: " + line);
      }
      return new Row(
          cells[0],
          cells[1].equals("-") ? LocalDate.MIN : LocalDate.parse(cells[1]),
          cells[2].equals("-") ? LocalDate.MAX : LocalDate.parse(cells[2]),
          cells[3].equals("-") ? -1 : Long.parseLong(cells[3]),
          new BigDecimal(cells[4]),
          new BigDecimal(cells[5]),
          new BigDecimal(cells[6]),
          new BigDecimal(cells[7]),
          new BigDecimal(cells[8]),
          cells[9].equals("-") ? null : new BigDecimal(cells[9]),
          new BigDecimal(cells[10]));
    }
  }
}

package dev.assay.web.api;

import dev.assay.store.report.Filter;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters, and refuses what it cannot read: a filter that is silently left out would
 * give the wrong figures. An empty value counts as none.
 */
final class Parameters {
  /** Days in one filter: ten years and their leap days. Charts have one row for each. */
  static final int MAX_DAYS = 3_653;

  /** Characters of a repository or user. */
  static final int MAX_TEXT_CHARS = 512;

  /** Every name that some path of the API knows. */
  private static final Set<String> KNOWN =
      Set.of("from", "to", "repository", "user", "by", "month", "kind", "limit", "after");

  private final Map<String, List<String>> given;

  private Parameters(Map<String, List<String>> given) {
    this.given = given;
  }

  /**
   * @throws BadParameterException where a name is none that the API knows (a slip of the pen in a
   *     filter's name must not give figures of everything)
   */
  static Parameters of(Context ctx) {
    for (String name : ctx.queryParamMap().keySet()) {
      if (!KNOWN.contains(name)) {
        throw new BadParameterException(
            name,
            "There is no parameter \""
                + shortened(name)
                + "\"; there are "
                + String.join(", ", KNOWN.stream().sorted().toList())
                + ".");
      }
    }
    return lenient(ctx);
  }

  /** The same, where other names than the API's own may stand. */
  static Parameters lenient(Context ctx) {
    return new Parameters(ctx.queryParamMap());
  }

  Filter filter() {
    LocalDate from = day("from");
    LocalDate to = day("to");
    if (from != null && to != null) {
      if (to.isBefore(from)) {
        throw new BadParameterException("to", "to (" + to + ") lies before from (" + from + ").");
      }
      if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
        throw new BadParameterException(
            "from", "from and to may be at most " + MAX_DAYS + " days apart.");
      }
    }
    return new Filter(from, to, text("repository"), text("user"));
  }

  @Nullable LocalDate day(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(value);
      if (day.getYear() < 2000 || day.getYear() > 2999) {
        throw new BadParameterException(
            name, name + " must lie in the years 2000 to 2999; it is \"" + value + "\".");
      }
      return day;
    } catch (DateTimeException e) {
      throw new BadParameterException(
          name, name + " must be a day as YYYY-MM-DD; it is \"" + shortened(value) + "\".");
    }
  }

  YearMonth month(String name, YearMonth otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return YearMonth.parse(value);
    } catch (DateTimeException e) {
      throw new BadParameterException(
          name, name + " must be a month as YYYY-MM; it is \"" + shortened(value) + "\".");
    }
  }

  int number(String name, int otherwise, int least, int most) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of bounds.
    }
    throw new BadParameterException(
        name,
        name
            + " must be a whole number from "
            + least
            + " to "
            + most
            + "; it is \""
            + shortened(value)
            + "\".");
  }

  /**
   * @param choices the first is the default
   */
  String choice(String name, String... choices) {
    String value = text(name);
    if (value == null) {
      return choices[0];
    }
    if (!List.of(choices).contains(value)) {
      throw new BadParameterException(
          name,
          name
              + " must be "
              + String.join(" or ", choices)
              + "; it is \""
              + shortened(value)
              + "\".");
    }
    return value;
  }

  @Nullable String text(String name) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new BadParameterException(name, name + " may be given only once.");
    }
    if (values.isEmpty() || values.get(0).isBlank()) {
      return null;
    }
    String value = values.get(0).strip();
    if (value.length() > MAX_TEXT_CHARS) {
      throw new BadParameterException(
          name, name + " may have at most " + MAX_TEXT_CHARS + " characters.");
    }
    return value;
  }

  private static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "...";
  }
}

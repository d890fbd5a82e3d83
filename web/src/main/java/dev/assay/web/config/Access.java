package dev.assay.web.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in.
 *
 * @param tokensFile hashes of the bearer tokens and what each may do; null where there are none
 * @param allowedHosts names under which the server may be asked for, besides the loopback's
 * @param requestsPerSecond that one token may make in the long run; 0: as many as it likes
 * @param burst that one token may make at once
 */
public record Access(
    @Nullable Path tokensFile, Set<String> allowedHosts, double requestsPerSecond, int burst) {
  private static final double MOST_PER_SECOND = 1_000_000;

  public Access {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Nobody is asked for a token. */
  public static Access open() {
    return new Access(null, Set.of(), 0, 100);
  }

  static Access read(@Nullable Path tokensFile, Set<String> allowedHosts, Section section)
      throws ConfigException {
    section.has("filename"); // which is a setting, and known there
    if (tokensFile == null && section.has("rate_limit")) {
      throw new ConfigException(
          section.key() + ".filename is missing: without tokens nobody is limited");
    }
    section.oneOf("scheme", "Bearer", "Bearer");
    Section limit = section.section("rate_limit");
    Access read =
        new Access(
            tokensFile,
            allowedHosts,
            limit.number("requests_per_second", 0, 0, MOST_PER_SECOND),
            (int) limit.whole("burst", 100, 1, 1_000_000));
    limit.done();
    section.done();
    return read;
  }
}

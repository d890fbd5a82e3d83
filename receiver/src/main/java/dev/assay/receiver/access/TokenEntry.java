package dev.assay.receiver.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is kept of a token: its hash, and what it may do.
 *
 * @param id names it in lists, logs and counters; no secret
 * @param team whose it is
 * @param scopes at least one
 * @param sha256 of the token, in hexadecimal. A token has 256 random bits, so that neither salt nor
 *     a slow hash would add anything: nobody can try them all
 * @param created when
 */
public record TokenEntry(
    String id, String team, Set<Scope> scopes, String sha256, Instant created) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int FIELDS = 5;

  /**
   * @throws IllegalArgumentException where a part is not what it should be; names it, never the
   *     hash
   */
  public TokenEntry {
    if (!NAME.matcher(id).matches() || !NAME.matcher(team).matches()) {
      throw new IllegalArgumentException(
          "a token's id and its team have 1 to 64 letters, digits, dots, dashes and underscores");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a token has one scope at least");
    }
    if (!HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException("the hash is no SHA-256 in hexadecimal");
    }
    scopes = Set.copyOf(scopes);
  }

  boolean allows(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
  }

  byte[] hash() {
    return HexFormat.of().parseHex(sha256);
  }

  /** The scopes as a list, for instance {@code ingest,read}. */
  public String scopeLabels() {
    return scopes.stream().sorted().map(Scope::label).collect(Collectors.joining(","));
  }

  String line() {
    return String.join("\t", id, team, scopeLabels(), sha256, created.toString());
  }

  static TokenEntry of(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("there are " + fields.length + " fields, not " + FIELDS);
    }
    Set<Scope> scopes =
        Arrays.stream(fields[2].split(","))
            .map(
                label ->
                    Scope.of(label)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "a scope is none of ingest, read, admin")))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    try {
      return new TokenEntry(fields[0], fields[1], scopes, fields[3], Instant.parse(fields[4]));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the last field is no time", e);
    }
  }
}

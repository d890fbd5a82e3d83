package dev.assay.receiver.forge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list of merged pull requests in a file, as forges' command line tools can write it: a JSON
 * array of objects with {@code number}, {@code merge_commit} and, where known, {@code title},
 * {@code author}, {@code author_email}, {@code merged_at} (ISO 8601 with a zone), {@code base},
 * {@code head}, {@code commits}, {@code repo} and {@code url}. Other keys are left alone.
 *
 * @param pulls in the file's order
 */
public record PullList(List<Pull> pulls) {
  /** Larger files are refused. */
  static final long LIMIT_BYTES = 64L << 20;

  /** Of one list. */
  static final int LIMIT_PULLS = 200_000;

  /** Commit ids may be cut to this. */
  static final int LEAST_ID_CHARS = 7;

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{" + LEAST_ID_CHARS + ",64}");
  private static final JsonMapper JSON = new JsonMapper();

  public PullList {
    pulls = List.copyOf(pulls);
  }

  /**
   * One entry.
   *
   * @param base the commit that the list names; not always the one to compare with
   * @param head last commit of the branch
   * @param commits how many the branch had; the list may also name them, as an array
   * @param repo {@code owner/name} or {@code host/owner/name}; null: the repository that is looked
   *     at
   */
  public record Pull(
      int number,
      String mergeCommit,
      @Nullable String title,
      @Nullable String author,
      @Nullable String authorEmail,
      @Nullable Instant mergedAt,
      @Nullable String base,
      @Nullable String head,
      @Nullable Integer commits,
      @Nullable String repo,
      @Nullable String url) {}

  /** Reads a list; a mistake in it is told with its line. */
  public static PullList read(Path file) throws GitException {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LIMIT_BYTES) {
        throw new GitException(file + " is larger than " + LIMIT_BYTES + " bytes");
      }
      try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
        return new PullList(pulls(file, parser));
      }
    } catch (NoSuchFileException e) {
      throw new GitException(file + " is not there", e);
    } catch (IOException e) {
      throw new GitException(file + " cannot be read: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new GitException(
          at(file, e.getLocation()) + ": no valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Pull> pulls(Path file, JsonParser parser) throws GitException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new GitException(at(file, parser.currentTokenLocation()) + ": must be a JSON array");
    }
    List<Pull> out = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String where = at(file, parser.currentTokenLocation()) + ", pull request " + (out.size() + 1);
      JsonNode node = parser.readValueAsTree();
      Pull pull = new Entry(where, node).pull();
      if (!keys.add(pull.repo() + "#" + pull.number())) {
        throw new GitException(where + ": number " + pull.number() + " stands there twice");
      }
      if (out.size() == LIMIT_PULLS) {
        throw new GitException(where + ": more than " + LIMIT_PULLS + " pull requests");
      }
      out.add(pull);
    }
    return out;
  }

  private static String at(Path file, @Nullable TokenStreamLocation location) {
    return location == null
        ? file.toString()
        : file + ":" + location.getLineNr() + ":" + Math.max(1, location.getColumnNr());
  }

  private record Entry(String where, JsonNode node) {
    Pull pull() throws GitException {
      if (!node.isObject()) {
        throw new GitException(where + ": must be an object");
      }
      JsonNode number = node.path("number");
      if (!number.isInt() || number.intValue() < 1) {
        throw wrong("number", "a positive whole number", number);
      }
      String mergeCommit = commit("merge_commit");
      if (mergeCommit == null) {
        throw wrong("merge_commit", "a commit id", node.path("merge_commit"));
      }
      return new Pull(
          number.intValue(),
          mergeCommit,
          text("title"),
          text("author"),
          text("author_email"),
          time("merged_at"),
          commit("base"),
          commit("head"),
          commits(),
          text("repo"),
          text("url"));
    }

    private @Nullable String text(String key) throws GitException {
      JsonNode value = node.path(key);
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      if (!value.isString()) {
        throw wrong(key, "a text", value);
      }
      return value.stringValue();
    }

    private @Nullable String commit(String key) throws GitException {
      String text = text(key);
      if (text != null && !COMMIT.matcher(text).matches()) {
        throw wrong(key, "a commit id", node.path(key));
      }
      return text;
    }

    private @Nullable Integer commits() throws GitException {
      JsonNode value = node.path("commits");
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      int commits = value.isArray() ? value.size() : value.isInt() ? value.intValue() : 0;
      if (commits < 1) {
        throw wrong("commits", "a positive whole number, or an array of them", value);
      }
      return commits;
    }

    private @Nullable Instant time(String key) throws GitException {
      String text = text(key);
      try {
        Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
        if (time != null && (time.isBefore(Commit.FIRST) || time.isAfter(Commit.LAST))) {
          throw wrong(key, "between 1970 and 2200", node.path(key));
        }
        return time;
      } catch (DateTimeParseException e) {
        throw wrong(key, "a time such as 2026-01-31T12:00:00Z", node.path(key));
      }
    }

    private GitException wrong(String key, String wanted, JsonNode value) {
      String is = value.isMissingNode() ? "is missing" : "is " + shown(value.toString());
      return new GitException(where + ": " + key + " must be " + wanted + ", but " + is);
    }

    private static String shown(String value) {
      return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
  }
}

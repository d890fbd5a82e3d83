package dev.assay.web.interchange;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.web.interchange.TraceRecord.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * The git-ai authorship note of one commit (Git AI Standard 3.0.0, section 1.2): which lines of it
 * which session wrote. Sessions stand under {@code prompts}, which every version of git-ai reads,
 * without any message; nothing names a person.
 */
public final class AuthorshipNote {
  /** Where git-ai looks for notes. */
  public static final String REF = "refs/notes/ai";

  private static final String SCHEMA_VERSION = "authorship/3.0.0";
  private static final String DIVIDER = "---";

  /** The standard's word for Claude Code. */
  private static final String TOOL = "claude";

  /** Where nobody told which model it was. */
  private static final String UNKNOWN = "unknown";

  /** By this a note of ours is known again. */
  private static final Map<String, String> OURS = Map.of("recorded_by", "assay");

  private static final int KEY_CHARS = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String commit;
  private final Map<String, Map<String, TreeSet<Integer>>> files = new TreeMap<>();
  private final Map<String, Sums> sessions = new TreeMap<>();

  AuthorshipNote(String commit) {
    this.commit = commit;
  }

  /** The commit that it is of. */
  public String commit() {
    return commit;
  }

  /**
   * Adds a line.
   *
   * @param path there, one that {@link #writable}
   * @param session what it did for the whole change
   * @param model null where it is not known
   * @param mixed whether somebody changed it a little
   */
  void add(String path, int line, Session session, @Nullable String model, boolean mixed) {
    String key = key(session.id());
    boolean isNew =
        files
            .computeIfAbsent(path, p -> new TreeMap<>())
            .computeIfAbsent(key, k -> new TreeSet<>())
            .add(line);
    if (isNew) {
      sessions.computeIfAbsent(key, k -> new Sums(session)).add(model, mixed);
    }
  }

  /**
   * Whether the attestation section can name a path at all: git-ai's own parser knows no escape,
   * and takes a line for the end of a path even inside quotes.
   */
  static boolean writable(String path) {
    return path.indexOf('"') < 0
        && path.indexOf('\n') < 0
        && path.indexOf('\r') < 0
        && !path.equals(DIVIDER);
  }

  /** White space of any kind: git-ai trims what ends a line, in the sense of Unicode. */
  private static boolean quoted(String path) {
    return path.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /** {@code SHA256("<tool>:<conversation_id>")[0..16]}. */
  private static String key(String session) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((TOOL + ':' + session).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, KEY_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** As it is attached to the commit. */
  public String text() {
    StringBuilder out = new StringBuilder();
    files.forEach(
        (path, entries) -> {
          out.append(quoted(path) ? '"' + path + '"' : path).append('\n');
          entries.forEach(
              (key, lines) ->
                  out.append("  ")
                      .append(key)
                      .append(' ')
                      .append(LineRanges.text(lines))
                      .append('\n'));
        });
    Map<String, Prompt> prompts = new TreeMap<>();
    sessions.forEach((key, sums) -> prompts.put(key, sums.prompt()));
    return out.append(DIVIDER)
        .append('\n')
        .append(JSON.writeValueAsString(new Metadata(SCHEMA_VERSION, commit, prompts)))
        .toString();
  }

  /** Whether Assay alone wrote a note, so that a newer one may take its place. */
  public static boolean isOurs(String text) {
    int divider = text.startsWith(DIVIDER + '\n') ? 0 : text.indexOf('\n' + DIVIDER + '\n') + 1;
    try {
      JsonNode metadata = JSON.readTree(text.substring(divider + DIVIDER.length()));
      JsonNode prompts = metadata.path("prompts");
      boolean ours =
          !prompts.isEmpty()
              && metadata.path("sessions").isEmpty()
              && metadata.path("humans").isEmpty();
      for (JsonNode prompt : prompts) {
        ours &= prompt.path("custom_attributes").path("recorded_by").asString("").equals("assay");
      }
      return ours;
    } catch (JacksonException | IndexOutOfBoundsException e) {
      return false; // not even a note of the standard: certainly not ours
    }
  }

  /** The metadata section. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Metadata(String schemaVersion, String baseCommitSha, Map<String, Prompt> prompts) {}

  /** A session, in the standard's words; {@code overriden_lines} is its own spelling. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Prompt(
      AgentId agentId,
      int totalAdditions,
      int totalDeletions,
      int acceptedLines,
      @JsonProperty("overriden_lines") int overriddenLines,
      Map<String, String> customAttributes) {}

  record AgentId(String tool, String id, String model) {}

  /** What a session has in this commit. */
  private static final class Sums {
    private final Session session;
    private final Map<String, Integer> models = new HashMap<>();
    private int accepted;
    private int mixed;

    Sums(Session session) {
      this.session = session;
    }

    void add(@Nullable String model, boolean isMixed) {
      accepted++;
      mixed += isMixed ? 1 : 0;
      String name = model == null ? UNKNOWN : model.substring(model.indexOf('/') + 1);
      models.merge(name, 1, Integer::sum);
    }

    Prompt prompt() {
      return new Prompt(
          new AgentId(TOOL, session.id(), most()),
          Math.max(session.linesAdded(), accepted),
          session.linesRemoved(),
          accepted,
          mixed,
          OURS);
    }

    /** The model of most lines. */
    private String most() {
      Set<String> names = new TreeSet<>(models.keySet());
      String best = UNKNOWN;
      int lines = 0;
      for (String name : names) {
        if (models.getOrDefault(name, 0) > lines) {
          best = name;
          lines = models.getOrDefault(name, 0);
        }
      }
      return best;
    }
  }
}

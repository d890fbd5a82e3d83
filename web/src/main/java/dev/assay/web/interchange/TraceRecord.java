package dev.assay.web.interchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An Agent Trace record, version 0.1.0 of <a href="https://agent-trace.dev">agent-trace.dev</a>, as
 * JSON has it. The specification's {@code url} of a conversation is never there: nothing of a
 * conversation leaves the agent.
 *
 * @param version of the specification
 * @param id the same for the same change, however often it is exported
 * @param timestamp RFC 3339: when the verdicts were made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TraceRecord(
    String version,
    String id,
    String timestamp,
    Vcs vcs,
    @Nullable Tool tool,
    List<File> files,
    Metadata metadata) {

  /**
   * Where the line numbers hold.
   *
   * @param revision the commit on the default branch
   */
  public record Vcs(String type, String revision) {}

  /** What wrote the lines, and its version. */
  public record Tool(String name, String version) {}

  /** A file with the lines that were attributed in it. */
  public record File(String path, List<Conversation> conversations) {}

  /**
   * The lines of one session, by one model.
   *
   * @param related the session, as a URI
   */
  public record Conversation(Contributor contributor, List<Range> ranges, List<Related> related) {}

  /**
   * Who wrote lines.
   *
   * @param type {@code ai}, or {@code mixed} for lines that somebody changed a little
   * @param modelId as models.dev names it; null where it is not known
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Contributor(String type, @Nullable String modelId) {}

  /**
   * Lines that stand together, both ends included.
   *
   * @param contributor where it is another than the conversation's
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Range(int startLine, int endLine, @Nullable Contributor contributor) {}

  /** A resource that belongs to a conversation. */
  public record Related(String type, String url) {}

  /** What only Assay knows, under its own name. */
  public record Metadata(@JsonProperty("dev.assay") Assay assay) {}

  /**
   * The change and its sessions.
   *
   * @param change its readable key
   * @param base the commit that its diff is taken against; null: the first parent of the revision
   * @param state {@code provisional} or {@code final}
   * @param agent what wrote the lines
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Assay(
      String change,
      String repository,
      @Nullable Integer pullRequest,
      @Nullable String base,
      String state,
      int rulesVersion,
      String agent,
      List<Session> sessions) {}

  /**
   * A session that vouches for lines of the change.
   *
   * @param linesAccepted of it that stand in the change
   * @param edits of it that vouch
   * @param linesAdded by those edits
   * @param linesRemoved by those edits
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Session(
      String id, int linesAccepted, int edits, int linesAdded, int linesRemoved) {}
}

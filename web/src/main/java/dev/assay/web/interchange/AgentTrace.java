package dev.assay.web.interchange;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Verdict;
import dev.assay.web.interchange.TraceRecord.Contributor;
import dev.assay.web.interchange.TraceRecord.Conversation;
import dev.assay.web.interchange.TraceRecord.Related;
import dev.assay.web.interchange.TraceRecord.Session;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes Agent Trace records of verdicts: one for each change with lines of Claude Code. */
public final class AgentTrace {
  /** Of the specification. */
  static final String VERSION = "0.1.0";

  /** What wrote the lines. */
  static final String AGENT = "claude-code";

  /** The specification's own: characters of a model's name. */
  static final int LIMIT_MODEL_CHARS = 250;

  private static final String UUID_URN = "urn:uuid:";
  private static final String OTHER_SESSION = "claude-code:session/";
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private AgentTrace() {}

  /**
   * The record of a change. Line numbers are those of the merge, so that is its revision.
   *
   * @param origins of the edits that its verdicts name, by tool use id
   * @return empty where no line is Claude Code's
   */
  public static Optional<TraceRecord> of(Attribution attribution, Map<String, EditOrigin> origins) {
    Map<String, Map<Author, Map<Boolean, Set<Integer>>>> files = new LinkedHashMap<>();
    Map<String, Sums> sessions = new LinkedHashMap<>();
    for (Verdict verdict : attribution.verdicts()) {
      String session = verdict.sessionId();
      if (!verdict.assisted() || !verdict.effective() || session == null) {
        continue;
      }
      EditOrigin origin = origins.get(String.valueOf(verdict.toolUseId()));
      files
          .computeIfAbsent(verdict.path(), path -> new LinkedHashMap<>())
          .computeIfAbsent(
              new Author(session, model(origin == null ? null : origin.model())),
              author -> new LinkedHashMap<>())
          .computeIfAbsent(verdict.difference() > 0, mixed -> new LinkedHashSet<>())
          .add(verdict.line());
      sessions.computeIfAbsent(session, id -> new Sums()).add(verdict.toolUseId(), origin);
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Change change = attribution.change();
    return Optional.of(
        new TraceRecord(
            VERSION,
            id(change),
            attribution.decidedAt().toString(),
            new TraceRecord.Vcs("git", change.mergeCommit()),
            tool(attribution.verdicts(), origins),
            files.entrySet().stream()
                .map(file -> new TraceRecord.File(file.getKey(), conversations(file.getValue())))
                .toList(),
            new TraceRecord.Metadata(
                new TraceRecord.Assay(
                    change.key(),
                    change.repository(),
                    change.number(),
                    change.base(),
                    attribution.state().name().toLowerCase(Locale.ROOT),
                    attribution.rulesVersion(),
                    AGENT,
                    sessions.entrySet().stream()
                        .map(sums -> sums.getValue().of(sums.getKey()))
                        .toList()))));
  }

  /** The session that a conversation is of. */
  static String session(Conversation conversation) {
    String url =
        conversation.related().stream()
            .filter(related -> related.type().equals("session"))
            .map(Related::url)
            .findFirst()
            .orElse("");
    return url.startsWith(UUID_URN)
        ? url.substring(UUID_URN.length())
        : URLDecoder.decode(url.replace(OTHER_SESSION, ""), StandardCharsets.UTF_8);
  }

  /** The verdicts may change, the change that they are on stays the same: so does its id. */
  private static String id(Change change) {
    String name = "dev.assay " + change.key() + " " + change.mergeCommit();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static List<Conversation> conversations(
      Map<Author, Map<Boolean, Set<Integer>>> ofAuthors) {
    List<Conversation> out = new ArrayList<>();
    ofAuthors.forEach(
        (author, lines) -> {
          List<TraceRecord.Range> ranges = new ArrayList<>();
          lines.forEach(
              (mixed, numbers) -> {
                Contributor own = mixed ? new Contributor("mixed", author.model) : null;
                for (LineRanges.Range range : LineRanges.of(numbers)) {
                  ranges.add(new TraceRecord.Range(range.first(), range.last(), own));
                }
              });
          ranges.sort(Comparator.comparing(TraceRecord.Range::startLine));
          out.add(
              new Conversation(
                  new Contributor("ai", author.model),
                  ranges,
                  List.of(new Related("session", uri(author.session)))));
        });
    return out;
  }

  private static String uri(String session) {
    return UUID_TEXT.matcher(session).matches()
        ? UUID_URN + session
        : OTHER_SESSION + URLEncoder.encode(session, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code provider/model}, the provider told from how it spells its models. */
  private static @Nullable String model(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String provider =
        name.contains("anthropic.claude")
            ? "amazon-bedrock/"
            : name.contains("@") ? "google-vertex-anthropic/" : "anthropic/";
    String whole = name.startsWith("claude-") || name.contains(".claude") ? provider + name : name;
    return whole.length() <= LIMIT_MODEL_CHARS ? whole : null;
  }

  /** The newest version of Claude Code that wrote any of it; null where none is known. */
  private static TraceRecord.@Nullable Tool tool(
      List<Verdict> verdicts, Map<String, EditOrigin> origins) {
    return verdicts.stream()
        .filter(Verdict::assisted)
        .map(verdict -> origins.get(String.valueOf(verdict.toolUseId())))
        .filter(Objects::nonNull)
        .map(EditOrigin::clientVersion)
        .flatMap(AgentTrace::version)
        .max(Comparator.naturalOrder())
        .map(version -> new TraceRecord.Tool(AGENT, version.toString()))
        .orElse(null);
  }

  private static Stream<Version> version(@Nullable String text) {
    try {
      return text == null ? Stream.empty() : Stream.of(Version.parse(text));
    } catch (IllegalArgumentException e) {
      return Stream.empty(); // a version that no release has
    }
  }

  private record Author(String session, @Nullable String model) {}

  /** What a session did for the change. */
  private static final class Sums {
    private final Set<String> edits = new LinkedHashSet<>();
    private int accepted;
    private int added;
    private int removed;

    void add(@Nullable String edit, @Nullable EditOrigin origin) {
      accepted++;
      if (edit != null && edits.add(edit) && origin != null) {
        added += origin.linesAdded();
        removed += origin.linesRemoved();
      }
    }

    Session of(String id) {
      return new Session(id, accepted, edits.size(), added, removed);
    }
  }
}

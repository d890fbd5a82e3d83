package dev.assay.store.contract;

import dev.assay.proto.v1.EditLines;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random observations of few keys, so that many meet: sources that contradict each other, forks,
 * parts, ids that unite responses, times that lie on either side of midnight and of a month's end.
 */
public final class Histories {
  private static final Source[] SOURCES = {Source.TRANSCRIPT, Source.HOOK, Source.EVENT};

  private final Random random;

  public Histories(long seed) {
    random = new Random(seed);
  }

  /** So many observations of all kinds. */
  public List<Observation> observations(int count) {
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(observation());
    }
    return all;
  }

  private Observation observation() {
    return switch (random.nextInt(8)) {
      case 0 -> session();
      case 1 -> decision();
      case 2, 3 -> edit();
      case 4, 5 -> usage();
      case 6 -> git();
      default -> random.nextInt(4) == 0 ? exporter() : sample();
    };
  }

  private SessionObservation session() {
    return new SessionObservation(
        source(),
        time(),
        id("s", 3),
        identity(),
        maybe("vscode", "tmux"),
        maybe("cli", "sdk-cli"),
        maybe("api", "subscription"),
        random.nextBoolean() ? null : (Boolean) random.nextBoolean(),
        maybe("2.1.197", "2.1.330"),
        maybe("laptop", "desk"),
        random.nextBoolean());
  }

  private DecisionObservation decision() {
    Outcome[] outcomes = Outcome.values();
    return new DecisionObservation(
        source(),
        time(),
        toolUse(4),
        claim(),
        one("Edit", "Write"),
        outcomes[random.nextInt(outcomes.length)],
        maybe("config", "user_temporary", "user_reject"),
        maybe("Java", "Python"));
  }

  private EditObservation edit() {
    int parts = 1 + random.nextInt(3);
    int part = random.nextInt(parts);
    int version = random.nextInt(2);
    EditLines lines =
        random.nextInt(4) == 0
            ? null
            : Given.lines("line of part " + part + " of " + parts, "version " + version);
    return new EditObservation(
        source(),
        time(),
        toolUse(4),
        claim(),
        one("Edit", "Write"),
        random.nextBoolean() ? List.of() : List.of(one("h/o/a", "h/o/b", "h/o/c")),
        maybe("main", "topic"),
        maybe("src/A.java", "src/B.java"),
        2 * parts + version,
        random.nextInt(2),
        lines == null ? null : lines.toByteString(),
        part,
        parts,
        random.nextBoolean(),
        random.nextInt(3) == 0,
        lines == null ? maybe("ignored", "outside") : null);
  }

  private UsageObservation usage() {
    String message = random.nextInt(3) == 0 ? null : id("msg", 4);
    String request = message == null || random.nextBoolean() ? id("req", 4) : null;
    return new UsageObservation(
        source(),
        time(),
        message,
        request,
        claim(),
        one("claude-opus-5-5", "claude-haiku-5-5"),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(2),
        random.nextInt(2),
        random.nextBoolean() ? null : new BigDecimal(random.nextInt(5)).movePointLeft(2),
        random.nextBoolean() ? null : new BigDecimal(random.nextInt(5)).movePointLeft(13),
        maybe("fast"),
        maybe("sdk", "compact"),
        random.nextBoolean());
  }

  private GitObservation git() {
    GitObservation.Operation[] operations = GitObservation.Operation.values();
    return new GitObservation(
        source(),
        time(),
        toolUse(2),
        claim(),
        operations[random.nextInt(operations.length)],
        random.nextBoolean() ? List.of() : List.of(one("h/o/a", "h/o/b")),
        maybe("main", "topic"),
        maybe("c95bdc9", "c95bdc9000000000"),
        maybe("https://h/o/a/pull/1"));
  }

  private MetricSample sample() {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("type", one("added", "removed", "input", "cacheRead"));
    attributes.put("tool_name", one("Edit", "Write"));
    attributes.put("decision", one("accept", "reject"));
    attributes.put("source", one("config", "user_reject"));
    boolean cumulative = random.nextBoolean();
    return new MetricSample(
        time(),
        cumulative ? Given.NOON.minusSeconds(60L * random.nextInt(2)) : null,
        one(
            "claude_code.lines_of_code.count",
            "claude_code.session.count",
            "claude_code.cost.usage",
            "claude_code.token.usage",
            "claude_code.code_edit_tool.decision",
            "claude_code.commit.count",
            "claude_code.pull_request.count"),
        "",
        attributes,
        random.nextBoolean() ? null : id("s", 3),
        identity(),
        cumulative,
        random.nextInt(5));
  }

  private ExporterSeen exporter() {
    return new ExporterSeen(
        source(),
        time(),
        one("assay-agent", "claude-code"),
        id("i", 2),
        maybe("1", "2"),
        maybe("laptop", "desk"),
        random.nextInt(3));
  }

  private Identity identity() {
    return new Identity(
        maybe("Ann@acme.example", "bob@acme.example"),
        maybe("user_1"),
        maybe("ci"),
        maybe("ann@home.example"),
        maybe("e1"),
        maybe("install1", "install2"));
  }

  private SessionClaim claim() {
    return new SessionClaim(id("s", 3), random.nextBoolean() ? null : time());
  }

  private Source source() {
    return SOURCES[random.nextInt(SOURCES.length)];
  }

  private Instant time() {
    return Given.NOON
        .plusSeconds(20L * 86_400 * random.nextInt(4)) // months that end, and a year
        .plusSeconds(random.nextInt(12) * 21_600L)
        .plusNanos(random.nextInt(2000));
  }

  private String id(String prefix, int count) {
    return prefix + random.nextInt(count);
  }

  /** Some without a key of Claude Code's. */
  private String toolUse(int count) {
    return (random.nextInt(4) == 0 ? "event/t" : "t") + random.nextInt(count);
  }

  private String one(String... values) {
    return values[random.nextInt(values.length)];
  }

  private @Nullable String maybe(String... values) {
    return random.nextBoolean() ? null : one(values);
  }
}

package dev.assay.bench.year;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
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
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One developer's day with Claude Code, as an agent (and for some, native telemetry) tells it. */
final class WorkDay {
  private static final List<String> MODELS =
      List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5");
  private static final List<String> TERMINALS = List.of("vscode", "iTerm.app", "tmux");
  private static final int LINES = 10;

  private final Shape shape;
  private final int index;
  private final int developer;
  private final Random random;
  private final LocalDate day;
  private final Consumer<Observation> out;
  private int uses;

  WorkDay(Shape shape, int index, int developer, Consumer<Observation> out) {
    this.shape = shape;
    this.index = index;
    this.developer = developer;
    this.day = shape.day(index);
    this.random = new Random(shape.seed() * 31 + index * 1_000_003L + developer);
    this.out = out;
  }

  /** Most days three to six sessions; one in twelve goes on with a session of an earlier day. */
  void tell() {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    if (random.nextInt(100) >= (weekend ? 10 : 92)) {
      return;
    }
    int sessions = 3 + random.nextInt(4);
    for (int i = 0; i < sessions; i++) {
      int begun = i == 0 && random.nextInt(100) < 35 ? index - 1 - random.nextInt(3) : index;
      session("s-" + developer + "-" + begun + "-" + i, i);
    }
    Instant evening = at(17, random.nextInt(3_000));
    out.accept(
        new ExporterSeen(
            Source.TRANSCRIPT, evening, "assay-agent", "agent-" + developer, "0.1.0", host(), 40));
  }

  private void session(String id, int number) {
    Instant start = at(8 + 2 * number, random.nextInt(3_000));
    SessionClaim claim = new SessionClaim(id, start);
    sighting(id, start);
    String repository =
        shape.repository(random.nextInt(10) == 0 ? random.nextInt(1000) : developer);
    int responses = scaled(60 + random.nextInt(60));
    for (int i = 0; i < responses; i++) {
      usage(start.plusSeconds(45L * i), claim);
    }
    int edits = scaled(10 + random.nextInt(8));
    for (int i = 0; i < edits; i++) {
      proposal(start.plusSeconds(200L * i), claim, repository);
    }
    if (random.nextInt(3) == 0) {
      out.accept(
          new GitObservation(
              Source.TRANSCRIPT,
              start.plusSeconds(3_000),
              use(),
              claim,
              GitObservation.Operation.COMMIT,
              List.of(repository),
              "topic",
              null,
              null));
    }
    if (developer % 100 < shape.nativePercent()) {
      counters(start, id);
    }
    sighting(id, start.plusSeconds(Math.max(Math.max(45L * responses, 200L * edits), 3_000)));
  }

  /** Each export says when it saw its session first and last. */
  private void sighting(String id, Instant time) {
    out.accept(
        new SessionObservation(
            Source.TRANSCRIPT,
            time,
            id,
            new Identity(shape.user(developer), null, null, null, null, null),
            TERMINALS.get(developer % TERMINALS.size()),
            "cli",
            "subscription",
            false,
            "2.1.330",
            host(),
            true));
  }

  private void proposal(Instant time, SessionClaim claim, String repository) {
    String use = use();
    boolean refused = random.nextInt(100) < 8;
    String tool = random.nextInt(4) == 0 ? "Write" : "Edit";
    out.accept(
        new DecisionObservation(
            Source.TRANSCRIPT,
            time,
            use,
            claim,
            tool,
            refused ? Outcome.REJECTED : Outcome.ACCEPTED,
            refused ? "user_reject" : random.nextInt(5) < 2 ? "user_temporary" : "config",
            "Java"));
    if (refused) {
      return;
    }
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    int lines = 1 + random.nextInt(2 * LINES);
    for (int i = 0; i < lines; i++) {
      hunk.addAdded(
          Line.newBuilder().setText("    total" + random.nextInt(100_000) + " += price(line);"));
    }
    out.accept(
        new EditObservation(
            Source.TRANSCRIPT,
            time.plusSeconds(2),
            use,
            claim,
            tool,
            List.of(repository),
            "topic",
            "src/main/java/Order" + random.nextInt(200) + ".java",
            lines,
            lines / 3,
            EditLines.newBuilder().addHunks(hunk).build().toByteString(),
            0,
            1,
            false,
            false,
            null));
  }

  private void usage(Instant time, SessionClaim claim) {
    long output = 80L + random.nextInt(900);
    String model = MODELS.get(random.nextInt(5) < 4 ? developer % 2 : 2);
    String id = use();
    out.accept(
        new UsageObservation(
            Source.TRANSCRIPT,
            time,
            "msg_" + id,
            "req_" + id,
            claim,
            model,
            100 + random.nextInt(4_000),
            output,
            30_000 + random.nextInt(90_000),
            random.nextInt(3_000),
            null,
            BigDecimal.valueOf(output * 30, 6),
            null,
            null,
            false));
  }

  /** Lines and tokens once in ten minutes of an hour's work. */
  private void counters(Instant start, String session) {
    for (int i = 0; i < 6; i++) {
      Instant time = start.plusSeconds(600L * i);
      sample("claude_code.lines_of_code.count", time, session, "type", "added", 5);
      for (String type : List.of("input", "output", "cacheRead", "cacheCreation")) {
        sample("claude_code.token.usage", time, session, "type", type, 1_000);
      }
    }
  }

  private void sample(
      String name, Instant time, String session, String label, String value, double n) {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put(label, value);
    attributes.put("model", MODELS.get(developer % 2));
    out.accept(
        new MetricSample(
            time,
            null,
            name,
            "",
            attributes,
            session,
            new Identity(shape.user(developer), null, null, null, null, null),
            false,
            n));
  }

  private int scaled(int ordinary) {
    return Math.max(1, (int) Math.round(ordinary * shape.volume()));
  }

  private String use() {
    return String.format(
        Locale.ROOT, "toolu_%016x%04x%04x", random.nextLong(), developer, uses++ & 0xffff);
  }

  private String host() {
    return "laptop-" + developer;
  }

  private Instant at(int hour, int seconds) {
    return day.atTime(hour % 24, 0).toInstant(ZoneOffset.UTC).plusSeconds(seconds);
  }
}

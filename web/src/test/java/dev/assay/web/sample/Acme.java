package dev.assay.web.sample;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.receiver.follow.FollowProgress.Followed;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.fact.UsageObservation;
import dev.assay.store.fact.Verdict;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Six weeks of a small company, always the same: what its people did with Claude Code, and what
 * they merged.
 */
public final class Acme {
  /** The last day. */
  public static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  static final int DAYS = 45;

  private static final List<String> PEOPLE =
      List.of(
          "ada@acme.example",
          "grace@acme.example",
          "linus@acme.example",
          "margaret@acme.example",
          "barbara@acme.example",
          "dennis@acme.example",
          "zoe@acme.example");
  private static final List<String> REPOSITORIES =
      List.of(
          "github.com/acme/api",
          "github.com/acme/web",
          "github.com/acme/billing",
          "github.com/acme/infra");
  private static final List<String> MODELS =
      List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5");
  private static final List<String> TITLES =
      List.of(
          "Retry idempotent requests with backoff",
          "Round invoices half up",
          "Move the session cookie to SameSite=Lax",
          "Paginate the audit log",
          "Cache the price list for a minute",
          "Show the last sync in the header",
          "Drop the legacy export endpoint",
          "Validate webhook signatures in constant time");
  private static final List<String> REASONS =
      List.of("no-candidate", "too-different", "too-short", "written-less-often");

  private final Random random = new Random(20_261_120);
  private final List<Observation> observations = new ArrayList<>();
  private final List<Attribution> attributions = new ArrayList<>();
  private int uses;

  public Acme() {
    for (int back = DAYS - 1; back >= 0; back--) {
      day(TODAY.minusDays(back), DAYS - back);
    }
    attributions.add(Showcase.attribution());
    observations.addAll(Showcase.observations());
    for (int i = 0; i < 3; i++) {
      observations.add(
          new ExporterSeen(
              Source.TRANSCRIPT,
              at(TODAY, 17, i * 7),
              i == 2 ? "claude-code" : "assay-agent",
              "instance-" + i,
              i == 2 ? "2.1.330" : "0.1.0",
              i == 2 ? null : "laptop-" + PEOPLE.get(i).replaceAll("@.*", ""),
              120L * i));
    }
  }

  /** The checkouts that its server follows; one cannot be read. */
  static List<Followed> followed() {
    return List.of(
        new Followed("/srv/git/api", "github.com/acme/api", "main", 64, 61, false, null),
        new Followed(
            "/srv/git/web",
            null,
            null,
            0,
            0,
            false,
            "/srv/git/web is not a git repository: there is no .git above it"));
  }

  public List<Observation> observations() {
    return List.copyOf(observations);
  }

  public List<Attribution> attributions() {
    return List.copyOf(attributions);
  }

  /** Puts everything into a store, as the receiver and the follower would. */
  public void fill(Store store) throws StoreUnavailableException {
    store.commit(observations);
    store.changes().found(attributions.stream().map(Attribution::change).toList());
    for (Attribution attribution : attributions) {
      store.changes().decided(List.of(attribution));
    }
    store.changes().survived(survivals());
  }

  /** After 7 and 30 days as far as those have passed; one change cannot be counted. */
  public List<Survival> survivals() {
    List<Survival> out = new ArrayList<>();
    Instant now = at(TODAY, 20, 0);
    for (Attribution attribution : attributions) {
      for (int days : new int[] {7, 30, 90}) {
        boolean passed = !now.isBefore(attribution.change().mergedAt().plusSeconds(86_400L * days));
        if (passed && attribution.state() != Attribution.State.UNDECIDED) {
          boolean lost = out.isEmpty();
          out.add(
              new Survival(
                  attribution.change().key(),
                  days,
                  lost ? null : "tip",
                  attribution.decidedAt(),
                  lost ? Count.NONE : standing(attribution, true, 100 - days),
                  lost ? Count.NONE : standing(attribution, false, 95 - days),
                  lost ? "the merge is not on the default branch any more" : null));
        }
      }
    }
    return out;
  }

  private static Count standing(Attribution attribution, boolean assisted, int percent) {
    long lines =
        attribution.verdicts().stream()
            .filter(verdict -> verdict.effective() && verdict.assisted() == assisted)
            .count();
    return new Count(lines, lines * percent / 100);
  }

  private void day(LocalDate day, int age) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    for (int person = 0; person < PEOPLE.size(); person++) {
      // Adoption grows: the later in the list, the later they begin.
      if (age < person * 5 || random.nextInt(100) < (weekend ? 92 : 15)) {
        continue;
      }
      int sessions = 1 + random.nextInt(3);
      for (int i = 0; i < sessions; i++) {
        session(day, person, i);
      }
    }
    int merges = weekend ? 0 : 1 + random.nextInt(4);
    for (int i = 0; i < merges; i++) {
      pullRequest(day, age, i);
    }
  }

  private void session(LocalDate day, int person, int number) {
    String id = "session-" + day + "-" + person + "-" + number;
    Instant start = at(day, 8 + 3 * number, random.nextInt(50));
    SessionClaim claim = new SessionClaim(id, start);
    String repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
    observations.add(
        new SessionObservation(
            Source.TRANSCRIPT,
            start,
            id,
            new Identity(PEOPLE.get(person), null, null, null, null, null),
            person % 2 == 0 ? "vscode" : "iTerm.app",
            "cli",
            "subscription",
            false,
            "2.1.330",
            null,
            true));
    int turns = 2 + random.nextInt(5);
    for (int i = 0; i < turns; i++) {
      Instant time = start.plusSeconds(300L * (i + 1));
      String use = "toolu_" + ++uses;
      boolean refused = random.nextInt(100) < 9;
      boolean asked = random.nextInt(100) < 40;
      observations.add(
          new DecisionObservation(
              Source.EVENT,
              time,
              use,
              claim,
              i % 4 == 3 ? "Write" : "Edit",
              refused ? DecisionObservation.Outcome.REJECTED : DecisionObservation.Outcome.ACCEPTED,
              refused ? "user_reject" : asked ? "user_temporary" : "config",
              "Java"));
      if (!refused) {
        int lines = 3 + random.nextInt(40);
        observations.add(edit(time, use, claim, repository, "src/File" + i + ".java", lines));
      }
      observations.add(usage(time, claim, MODELS.get(Math.min(2, random.nextInt(4) % 3))));
    }
  }

  private UsageObservation usage(Instant time, SessionClaim claim, String model) {
    long out = 400L + random.nextInt(3_000);
    BigDecimal cost = BigDecimal.valueOf(out * (model.contains("opus") ? 90 : 30), 6);
    return new UsageObservation(
        Source.TRANSCRIPT,
        time,
        "msg_" + ++uses,
        "req_" + uses,
        claim,
        model,
        1_000 + random.nextInt(4_000),
        out,
        50_000 + random.nextInt(90_000),
        2_000,
        null,
        cost,
        null,
        "repl_main_thread",
        false);
  }

  static EditObservation edit(
      Instant time, String use, SessionClaim claim, String repository, String path, int lines) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (int i = 0; i < lines; i++) {
      hunk.addAdded(Line.newBuilder().setText("int value" + use.hashCode() + i + " = " + i + ";"));
    }
    return new EditObservation(
        Source.TRANSCRIPT,
        time,
        use,
        claim,
        "Edit",
        List.of(repository),
        "main",
        path,
        lines,
        lines / 4,
        EditLines.newBuilder().addHunks(hunk).build().toByteString(),
        0,
        1,
        false,
        false,
        null);
  }

  private void pullRequest(LocalDate day, int age, int i) {
    int number = 100 + age * 4 + i;
    String repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
    String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
    Change change =
        new Change(
            repository,
            number,
            TITLES.get(random.nextInt(TITLES.size())),
            person.replaceAll("@.*", ""),
            person,
            at(day, 10 + i * 2, random.nextInt(60)),
            String.format("%040x", 1_000_003L * number),
            null,
            null,
            "https://" + repository + "/pull/" + number);
    int fate = random.nextInt(20);
    if (fate == 0) {
      attributions.add(
          attribution(
              change,
              Attribution.State.UNDECIDED,
              "The commit is not in any checkout that this server knows.",
              List.of()));
      return;
    }
    List<Verdict> verdicts =
        verdicts(20 + random.nextInt(160), fate < 6 ? 0 : 30 + random.nextInt(age + 20));
    attributions.add(
        attribution(
            change,
            age < DAYS - 16 ? Attribution.State.FINAL : Attribution.State.PROVISIONAL,
            null,
            verdicts));
  }

  static Attribution attribution(
      Change change, Attribution.State state, @Nullable String undecided, List<Verdict> verdicts) {
    return new Attribution(
        change,
        state,
        undecided,
        1,
        1,
        change.mergedAt().plusSeconds(60),
        verdicts.stream().anyMatch(Verdict::assisted),
        verdicts);
  }

  private List<Verdict> verdicts(int lines, int percent) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int line = 1; line <= lines; line++) {
      String path = line % 3 == 0 ? "src/File1.java" : "src/File0.java";
      boolean effective = line % 7 != 0;
      if (effective && random.nextInt(100) < percent) {
        int use = 1 + random.nextInt(Math.max(1, uses));
        double difference = line % 5 == 0 ? 0.1 : 0.0;
        verdicts.add(
            new Verdict(
                path,
                line,
                true,
                true,
                line % 5 == 0 ? "similar" : "exact",
                "session-" + TODAY + "-0-0",
                "toolu_" + use,
                difference,
                null));
      } else {
        String reason = effective ? REASONS.get(random.nextInt(REASONS.size())) : "trivial";
        verdicts.add(new Verdict(path, line, effective, false, null, null, null, 0, reason));
      }
    }
    return verdicts;
  }

  static Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(hour, minute).toInstant(ZoneOffset.UTC);
  }
}

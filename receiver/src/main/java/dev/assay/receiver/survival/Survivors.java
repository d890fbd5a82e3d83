package dev.assay.receiver.survival;

import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.LineSurvival;
import dev.assay.store.Changes;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.fact.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts how many lines of one repository's pull requests stand, unchanged, in its default branch
 * 7, 30 and 90 days after their merge: docs/survival.md. Each is counted once, and again where the
 * branch as it was at that time turns out to be another (commits were fetched later, history was
 * rewritten) or the verdicts changed. One thread uses it.
 */
public final class Survivors {
  /** Days after the merge. */
  public static final List<Integer> DAYS = List.of(7, 30, 90);

  /** Why nothing is counted of a change whose merge the default branch has lost. */
  static final String REWRITTEN = "the merge is not on the default branch any more";

  /** Kept in one transaction. */
  private static final int KEPT_AT_ONCE = 100;

  /** What could not be read is tried again after this, and where the branch has moved. */
  private static final Duration RETRY = Duration.ofHours(1);

  private final GitRepository git;
  private final Changes changes;

  private final Map<String, Survival> known = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final List<Survival> unkept = new ArrayList<>();
  private final Map<String, Instant> failed = new HashMap<>();
  private @Nullable LineSurvival lines;
  private String tip = "";
  private long revision = -1;
  private Instant next = Instant.EPOCH;

  public Survivors(GitRepository git, Changes changes) {
    this.git = git;
    this.changes = changes;
  }

  /**
   * A change with verdicts.
   *
   * @param decidedAt when they were made
   */
  public record Judged(Change change, Instant decidedAt) {}

  /**
   * Counts what is due.
   *
   * @param judged pull requests with verdicts
   * @param newRevision another number wherever {@code judged} may be different
   * @param newTip of the default branch
   * @param pause asked after each change
   * @return whether something is due still
   */
  public boolean count(
      Collection<Judged> judged,
      long newRevision,
      String newTip,
      Instant now,
      BooleanSupplier pause)
      throws StoreUnavailableException {
    boolean moved = !newTip.equals(tip);
    if (!moved && revision == newRevision && now.isBefore(next)) {
      return false;
    }
    if (moved) {
      lines = null;
      failed.clear();
      tip = newTip;
    }
    revision = -1; // until all is counted
    Instant later = Instant.MAX;
    for (Judged each : judged) {
      learn(each.change().repository());
      for (int days : DAYS) {
        Instant due = each.change().mergedAt().plus(Duration.ofDays(days));
        later = due.isAfter(now) && due.isBefore(later) ? due : later;
      }
      try {
        count(each, now);
      } catch (GitException e) {
        fail(each, now, String.valueOf(e.getMessage()));
      }
      if (unkept.size() >= KEPT_AT_ONCE) {
        keep();
      }
      if (pause.getAsBoolean()) {
        keep();
        return true;
      }
    }
    keep();
    for (Instant retry : failed.values()) {
      later = retry.isBefore(later) ? retry : later;
    }
    revision = newRevision;
    next = later;
    return false;
  }

  private void learn(String repository) {
    if (asked.add(repository)) {
      changes.survivals(repository).forEach(each -> known.put(key(each), each));
    }
  }

  private void count(Judged judged, Instant now) throws GitException, StoreUnavailableException {
    Change change = judged.change();
    Lines of = null;
    for (int days : DAYS) {
      Instant due = change.mergedAt().plus(Duration.ofDays(days));
      if (now.isBefore(due) || now.isBefore(failed.getOrDefault(change.key(), Instant.MIN))) {
        continue;
      }
      LineSurvival survival = lines();
      String at = survival.mainline().at(due, change.mergeCommit());
      Survival before = known.get(key(change.key(), days));
      if (before != null
          && before.decidedAt().equals(micros(judged.decidedAt()))
          && Objects.equals(before.atCommit(), at)) {
        continue;
      }
      of = of == null ? Lines.of(changes.attribution(change.key()).orElse(null)) : of;
      if (of == null) {
        return;
      }
      unkept.add(
          at == null ? of.unknown(change, days, REWRITTEN) : of.count(survival, change, days, at));
    }
  }

  private LineSurvival lines() throws GitException {
    LineSurvival made = lines;
    if (made == null) {
      made = git.survival(tip);
      lines = made;
    }
    return made;
  }

  /** What cannot be read is told; the commit stays open, so that it is tried again. */
  private void fail(Judged judged, Instant now, String reason) {
    failed.put(judged.change().key(), now.plus(RETRY));
    Lines none = new Lines(micros(judged.decidedAt()), Map.of(), Map.of());
    for (int days : DAYS) {
      if (!now.isBefore(judged.change().mergedAt().plus(Duration.ofDays(days)))) {
        Survival before = known.get(key(judged.change().key(), days));
        if (before == null || before.unknown() != null) {
          unkept.add(none.unknown(judged.change(), days, reason));
        }
      }
    }
  }

  private void keep() throws StoreUnavailableException {
    if (!unkept.isEmpty()) {
      changes.survived(unkept);
      unkept.forEach(each -> known.put(key(each), each));
      unkept.clear();
    }
  }

  private static String key(Survival survival) {
    return key(survival.changeKey(), survival.days());
  }

  private static String key(String change, int days) {
    return change + ' ' + days;
  }

  /** The store knows no finer time. */
  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** The effective lines of a change by path: those of Claude Code, and the others. */
  private record Lines(
      Instant decidedAt,
      Map<String, Collection<Integer>> claude,
      Map<String, Collection<Integer>> other) {

    static @Nullable Lines of(@Nullable Attribution attribution) {
      if (attribution == null) {
        return null;
      }
      Lines out = new Lines(micros(attribution.decidedAt()), new HashMap<>(), new HashMap<>());
      for (Verdict verdict : attribution.verdicts()) {
        if (verdict.effective()) {
          (verdict.assisted() ? out.claude : out.other)
              .computeIfAbsent(verdict.path(), path -> new ArrayList<>())
              .add(verdict.line());
        }
      }
      return out;
    }

    Survival count(LineSurvival survival, Change change, int days, String at) throws GitException {
      long[] standing = survival.standing(change.mergeCommit(), at, List.of(claude, other));
      return new Survival(
          change.key(),
          days,
          at,
          decidedAt,
          new Count(size(claude), standing[0]),
          new Count(size(other), standing[1]),
          null);
    }

    Survival unknown(Change change, int days, String reason) {
      return new Survival(change.key(), days, null, decidedAt, Count.NONE, Count.NONE, reason);
    }

    private static long size(Map<String, Collection<Integer>> lines) {
      return lines.values().stream().mapToLong(Collection::size).sum();
    }
  }
}

package dev.assay.receiver.follow;

import dev.assay.proto.signature.UnreadableLinesException;
import dev.assay.receiver.attribution.Attributor;
import dev.assay.receiver.attribution.BaseTree;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.Judgement;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.store.Edits;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditFact;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one change judged: reads its diff, asks for the candidates, and says how far it holds. */
final class ChangeAttribution {
  /** Before and after every edit. */
  static final Instant FIRST = Instant.EPOCH;

  static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  /** The reason of a change whose candidates, or their lines, are no longer kept. */
  static final String LINES_EXPIRED = "lines expired";

  private static final Logger LOG = LoggerFactory.getLogger(ChangeAttribution.class);

  private final Edits edits;
  private final Rules rules;
  private final Attributor attributor;
  private final FollowOptions options;
  private final Clock clock;

  ChangeAttribution(Edits edits, Rules rules, FollowOptions options, Clock clock) {
    this.edits = edits;
    this.rules = rules;
    this.attributor = new Attributor(rules, options.keyring(), options.limits());
    this.options = options;
    this.clock = clock;
  }

  /**
   * Judges a change.
   *
   * @param repositories whose edits may stand in it
   */
  Attribution attribute(GitRepository repository, Change change, Set<String> repositories) {
    // Taken before the candidates are read: what comes while they are judged is newer than this.
    long version = edits.version(repositories, FIRST, LAST);
    Instant now = clock.instant();
    try {
      GitRepository.Opened opened = repository.open(change);
      ChangeDiff diff = opened.diff();
      BaseTree base = opened.base();
      List<EditFact> candidates =
          attributor.candidates(edits, repositories, change.mergedAt(), diff, base);
      if (candidates.stream().anyMatch(edit -> expired(edit, now))
          || windowStart(change).isBefore(edits.keptFrom())) {
        return undecided(change, LINES_EXPIRED, version, now);
      }
      Judgement judgement = attributor.judge(change.mergedAt(), diff, base, candidates);
      return new Attribution(
          change,
          now.isBefore(finalAt(change)) ? State.PROVISIONAL : State.FINAL,
          null,
          judgement.rulesVersion(),
          version,
          now,
          judgement.tagged(),
          judgement.verdicts());
    } catch (GitException e) {
      return undecided(change, String.valueOf(e.getMessage()), version, now);
    } catch (UnreadableLinesException e) {
      return undecided(change, String.valueOf(e.getMessage()), version, now);
    } catch (GitException.Unchecked e) {
      return undecided(change, String.valueOf(e.getMessage()), version, now);
    } catch (RuntimeException e) {
      // One odd change must not keep all others from being judged.
      LOG.error("attributing {} failed", change.key(), e);
      return undecided(
          change,
          "Assay failed on it (" + e.getClass().getSimpleName() + "); its log says where",
          version,
          now);
    }
  }

  /** When its verdict no longer changes by time alone. */
  Instant finalAt(Change change) {
    return windowEnd(change).plus(options.finalAfter());
  }

  Instant windowStart(Change change) {
    return change.mergedAt().minus(rules.thresholds().windowBefore());
  }

  Instant windowEnd(Change change) {
    return change.mergedAt().plus(rules.thresholds().windowAfter());
  }

  int rulesVersion() {
    return rules.version();
  }

  private boolean expired(EditFact edit, Instant now) {
    Duration age = Duration.between(edit.time(), now);
    return edit.lines() == null
        && edit.linesAdded() > 0
        && !edit.partial()
        && age.compareTo(options.lineRetention()) > 0;
  }

  private Attribution undecided(Change change, String reason, long version, Instant now) {
    return new Attribution(
        change, State.UNDECIDED, reason, rules.version(), version, now, false, List.of());
  }
}

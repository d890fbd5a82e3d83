package dev.assay.receiver.follow;

import dev.assay.store.Edits;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which changes are to be judged, for the first time or again. Whether edits came is asked for many
 * changes at once: only where a range of time has newer ones than all of its changes know, its
 * halves are asked.
 */
final class Due {
  /** After a judgement the next one waits for so many times what it took. */
  private static final int PATIENCE = 20;

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  private final Edits edits;
  private final ChangeAttribution attribution;
  private final FollowOptions options;

  Due(Edits edits, ChangeAttribution attribution, FollowOptions options) {
    this.edits = edits;
    this.attribution = attribution;
    this.options = options;
  }

  /** Whether it is due without a look at edits. */
  boolean byItself(Standing standing, Instant now) {
    State state = standing.state();
    if (state == null) {
      return true;
    }
    if (state == State.UNDECIDED) {
      return mayBeMended(standing)
          && Elapsed.since(standing.decidedAt(), options.retryUndecided(), now);
    }
    return standing.rulesVersion() != attribution.rulesVersion()
        || (state == State.PROVISIONAL && !now.isBefore(attribution.finalAt(standing.change())));
  }

  /** Whether what was missing may be there another time: a commit may come, lines do not. */
  boolean mayBeMended(Standing standing) {
    return standing.state() == State.UNDECIDED
        && !ChangeAttribution.LINES_EXPIRED.equals(standing.reason());
  }

  /** Whether it was judged so lately that edits may gather first. */
  boolean resting(Standing standing, Instant now) {
    Duration rest = standing.took().multipliedBy(PATIENCE);
    rest = rest.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : rest;
    return standing.state() != null && !Elapsed.since(standing.decidedAt(), rest, now);
  }

  /**
   * Those of the decided changes in whose window edits are newer than their decision.
   *
   * @param names of all repositories whose edits may stand in one of the changes
   * @param namesOf the same of one change
   */
  List<Standing> byEdits(
      Collection<Standing> decided, Set<String> names, Function<Change, Set<String>> namesOf) {
    List<Standing> inOrder = new ArrayList<>(decided);
    inOrder.sort(Comparator.comparing(standing -> standing.change().mergedAt()));
    List<Standing> out = new ArrayList<>();
    search(inOrder, names, namesOf, out);
    return out;
  }

  private void search(
      List<Standing> some,
      Set<String> names,
      Function<Change, Set<String>> namesOf,
      List<Standing> out) {
    if (some.isEmpty()) {
      return;
    }
    Change first = some.get(0).change();
    Change last = some.get(some.size() - 1).change();
    long known = some.stream().mapToLong(Standing::editsVersion).min().orElseThrow();
    Set<String> asked = some.size() == 1 ? namesOf.apply(first) : names;
    long newest = edits.version(asked, attribution.windowStart(first), attribution.windowEnd(last));
    if (newest <= known) {
      return;
    }
    if (some.size() == 1) {
      out.add(some.get(0));
      return;
    }
    int half = some.size() / 2;
    search(some.subList(0, half), names, namesOf, out);
    search(some.subList(half, some.size()), names, namesOf, out);
  }
}

package dev.assay.receiver.attribution;

import dev.assay.proto.signature.Keyring;
import dev.assay.store.Edits;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells for each added line of a change whether Claude Code wrote it. docs/attribution.md is its
 * specification. The same inputs, in any order, give the same verdicts. An instance holds its rules
 * and, from looking up its candidates until it is judged, one change; it may be used by many
 * threads.
 */
public final class Attributor {
  /** How far outside the window edits are looked for, so that the reason can name them. */
  private static final Duration JUST_OUTSIDE = Duration.ofDays(14);

  private final Rules rules;
  private final Alphabets alphabets;
  private final Limits limits;

  /** What was prepared to look up candidates, as nobody has changed it yet. */
  private final AtomicReference<@Nullable Prepared> prepared = new AtomicReference<>();

  private record Prepared(ChangeDiff diff, BaseTree base, List<ChangedFile> files) {}

  /** Judges text alone. */
  public Attributor(Rules rules) {
    this(rules, Keyring.empty());
  }

  /**
   * @param keyring opens what edits of content mode {@code signature} hold
   */
  public Attributor(Rules rules, Keyring keyring) {
    this(rules, keyring, Limits.standard());
  }

  /**
   * @param keyring opens what edits of content mode {@code signature} hold
   * @param limits told where one of them leaves something out
   */
  public Attributor(Rules rules, Keyring keyring, Limits limits) {
    this.rules = rules;
    this.alphabets = new Alphabets(keyring);
    this.limits = limits;
  }

  /**
   * The edits that may vouch for a change, as the store knows them: those of its files, and those
   * of the files that its lines were moved from; besides, those that lie just outside the window.
   *
   * @param repositories the base repository and, for a fork, the head repository
   * @throws dev.assay.proto.signature.UnreadableLinesException where signed lines do not open
   */
  public List<EditFact> candidates(
      Edits edits,
      Collection<String> repositories,
      Instant mergedAt,
      ChangeDiff diff,
      BaseTree base) {
    Instant from = mergedAt.minus(rules.thresholds().windowBefore());
    Instant to = mergedAt.plus(rules.thresholds().windowAfter());
    List<ChangedFile> files = files(diff, base, Alphabet.TEXT);
    Set<String> paths = new TreeSet<>();
    Set<String> proofs = proofs(files);
    for (ChangedFile file : files) {
      paths.addAll(file.paths());
    }
    List<EditFact> found =
        new ArrayList<>(
            edits.inFiles(repositories, paths, from.minus(JUST_OUTSIDE), to.plus(JUST_OUTSIDE)));
    Set<String> lookedUp = alphabets.lookedUp(proofs);
    Set<String> sources =
        new MovedFrom(paths, lookedUp, rules.thresholds())
            .of(edits.withLines(repositories, lookedUp, from, to));
    edits.nestedPaths(repositories, paths).stream()
        .filter(path -> paths.stream().anyMatch(own -> MovedFiles.namesakes(path, own)))
        .filter(path -> !base.committed(path))
        .forEach(sources::add);
    if (!sources.isEmpty()) {
      found.addAll(edits.inFiles(repositories, sources, from, to));
    }
    prepared.set(new Prepared(diff, base, files));
    return found;
  }

  /** Different lines that would show that a file was moved; the first in order of paths. */
  private Set<String> proofs(List<ChangedFile> files) {
    Set<String> found = new HashSet<>();
    for (ChangedFile file : files) {
      for (AddedLine line : file.lines) {
        if (line.free() && !found.contains(line.text) && file.commonness().provesMove(line.text)) {
          if (limits.past(Limit.LOOKED_UP, found.size() + 1L)) {
            return new TreeSet<>(found);
          }
          found.add(line.text);
        }
      }
    }
    return new TreeSet<>(found);
  }

  /**
   * Judges a change.
   *
   * @param mergedAt the middle of the window in which edits count
   * @param candidates edits of the change's repositories, in any order; those outside the window do
   *     not vouch, but let the reason name them
   * @throws dev.assay.proto.signature.UnreadableLinesException where signed lines do not open
   */
  public Judgement judge(
      Instant mergedAt, ChangeDiff diff, BaseTree base, Collection<EditFact> candidates) {
    return alphabets.sorted(candidates).entrySet().stream()
        .map(some -> judge(mergedAt, diff, base, some.getKey(), some.getValue()))
        .reduce(Judgement::or)
        .orElseThrow();
  }

  private Judgement judge(
      Instant mergedAt,
      ChangeDiff diff,
      BaseTree base,
      Alphabet alphabet,
      Collection<EditFact> candidates) {
    List<ChangedFile> files = prepared(diff, base, alphabet);
    Writings writings = new Writings(candidates, mergedAt, rules.thresholds(), alphabet);
    match(files, writings);
    MovedFiles moved = new MovedFiles(files, diff, base, writings, rules.thresholds(), limits);
    match(moved.nested(), writings); // before a file that only has some lines in common takes them
    match(moved.inARow(), writings);
    Verdicts verdicts = new Verdicts(writings);
    List<Verdict> all = files.stream().flatMap(file -> verdicts.of(file).stream()).toList();
    return new Judgement(rules.version(), files.stream().anyMatch(Attributor::tagging), all);
  }

  private void match(Collection<ChangedFile> files, Writings writings) {
    files.forEach(file -> match(file, writings.of(file.paths())));
  }

  /** Every strategy between one file and the edits that may vouch for it. */
  private void match(ChangedFile file, List<Draft> drafts) {
    if (drafts.isEmpty() || file.lines.stream().noneMatch(AddedLine::free)) {
      return;
    }
    Thresholds thresholds = rules.thresholds();
    Withdrawals.apply(file, drafts);
    Landing.take(file, drafts, thresholds, Landing.Kind.EXACT, limits);
    ExactMatch.take(file, drafts, limits);
    CellMatch.take(file, drafts);
    new Beside(file, thresholds).take(false);
    for (LineJoint joint : LineJoint.values()) {
      ReflowMatch.take(file, drafts, thresholds, joint, limits);
    }
    Landing.take(file, drafts, thresholds, Landing.Kind.SIMILAR, limits);
    SimilarMatch.take(file, drafts, thresholds, limits);
    new Beside(file, thresholds).take(true);
    Landing.take(file, drafts, thresholds, Landing.Kind.BROUGHT_BACK, limits);
    Restored.take(file, drafts, thresholds);
    Between.take(file, drafts);
  }

  // To compare what they say would take as long as to prepare them.
  @SuppressWarnings("ReferenceEquality")
  private List<ChangedFile> prepared(ChangeDiff diff, BaseTree base, Alphabet alphabet) {
    Prepared last = alphabet == Alphabet.TEXT ? prepared.getAndSet(null) : null;
    return last != null && last.diff == diff && last.base == base
        ? last.files
        : files(diff, base, alphabet);
  }

  private List<ChangedFile> files(ChangeDiff diff, BaseTree base, Alphabet alphabet) {
    return diff.files().stream()
        .filter(file -> !file.binary() && !file.added().isEmpty())
        .map(file -> ChangedFile.of(file, rules, base, alphabet))
        .sorted(Comparator.comparing(file -> file.path))
        .toList();
  }

  private static boolean tagging(ChangedFile file) {
    return file.lines.stream()
        .anyMatch(line -> line.match() != null && file.distinctive(line.text));
  }
}

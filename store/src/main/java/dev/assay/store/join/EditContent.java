package dev.assay.store.join;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.proto.v1.EditLines;
import dev.assay.store.fact.EditObservation;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said of an edit's lines: for each account of them (a source's counts, and in how many
 * parts its lines travel) the parts that are in. Parts of different accounts never mix. The join is
 * the union; which account counts is derived from all of them.
 *
 * @param parts serialised {@code EditLines} by account and part; an account without lines has no
 *     parts
 */
public record EditContent(SortedMap<Account, SortedMap<Integer, ByteString>> parts) {
  /** How many different accounts of one edit are kept, the best first. */
  public static final int LIMIT_ACCOUNTS = 8;

  public EditContent {
    TreeMap<Account, SortedMap<Integer, ByteString>> copy = new TreeMap<>();
    parts.forEach(
        (account, lines) ->
            copy.put(account, Collections.unmodifiableSortedMap(new TreeMap<>(lines))));
    parts = Collections.unmodifiableSortedMap(copy);
  }

  static EditContent of(EditObservation o) {
    Account account =
        new Account(
            Join.agentFirst(o.source()),
            o.partial(),
            o.linesAdded(),
            o.linesRemoved(),
            o.userModified(),
            o.withheld(),
            o.parts());
    TreeMap<Integer, ByteString> lines = new TreeMap<>();
    ByteString part = o.lines();
    if (part != null) {
      lines.put(o.part(), part);
    }
    return new EditContent(new TreeMap<>(Map.of(account, lines)));
  }

  EditContent join(EditContent other) {
    TreeMap<Account, SortedMap<Integer, ByteString>> all = new TreeMap<>(parts);
    other.parts.forEach(
        (account, lines) ->
            all.merge(
                account,
                lines,
                (a, b) -> {
                  TreeMap<Integer, ByteString> both = new TreeMap<>(a);
                  b.forEach((part, bytes) -> both.merge(part, bytes, EditContent::larger));
                  return both;
                }));
    while (all.size() > LIMIT_ACCOUNTS) {
      all.remove(all.lastKey());
    }
    return new EditContent(all);
  }

  /** The same accounts, but no line of any. */
  EditContent withoutLines() {
    TreeMap<Account, SortedMap<Integer, ByteString>> emptied = new TreeMap<>();
    parts.keySet().forEach(account -> emptied.put(account, new TreeMap<>()));
    return new EditContent(emptied);
  }

  /** The account whose counts stand: the best source's. */
  public Account counted() {
    return parts.firstKey();
  }

  /** The account whose lines stand: the best of those that are complete; null where none is. */
  public @Nullable Account complete() {
    for (Map.Entry<Account, SortedMap<Integer, ByteString>> entry : parts.entrySet()) {
      if (entry.getValue().size() == entry.getKey().parts()) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** The lines, put together from their parts; null where they are not all in. */
  public @Nullable EditLines lines() {
    Account account = complete();
    if (account == null) {
      return null;
    }
    EditLines.Builder lines = EditLines.newBuilder();
    for (ByteString part : parts.getOrDefault(account, new TreeMap<>()).values()) {
      try {
        lines.mergeFrom(part);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("the kept lines of an edit do not parse", e);
      }
    }
    return lines.build();
  }

  private static ByteString larger(ByteString a, ByteString b) {
    return ByteString.unsignedLexicographicalComparator().compare(a, b) >= 0 ? a : b;
  }

  /**
   * One source's account of an edit. Every part of an edit carries the counts of the whole.
   *
   * @param place of the source
   */
  public record Account(
      int place,
      boolean partial,
      int linesAdded,
      int linesRemoved,
      boolean userModified,
      @Nullable String withheld,
      int parts)
      implements Comparable<Account> {
    /** Whole before cut, then the better source, with lines before without. */
    private static final Comparator<Account> BEST_FIRST =
        Comparator.comparing(Account::partial)
            .thenComparing(Account::place, Comparator.reverseOrder())
            .thenComparing(Account::withheld, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Account::userModified, Comparator.reverseOrder())
            .thenComparing(Account::linesAdded, Comparator.reverseOrder())
            .thenComparing(Account::linesRemoved, Comparator.reverseOrder())
            .thenComparing(Account::parts);

    @Override
    public int compareTo(Account other) {
      return BEST_FIRST.compare(this, other);
    }
  }
}

package dev.assay.receiver.attribution;

import dev.assay.proto.signature.IndexedHash;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.SignedLines;
import dev.assay.store.fact.EditFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sorts edits by the form of their lines, since only lines of one form can be compared: text, and
 * one for each key that signed. Where an organisation changes its content mode, or its key, both
 * stand side by side for a while.
 */
final class Alphabets {
  private final Keyring keyring;
  private final Map<Integer, Alphabet> signed = new LinkedHashMap<>();

  Alphabets(Keyring keyring) {
    this.keyring = keyring;
    keyring.keys().forEach(key -> signed.put(key.id(), new SignedAlphabet(key)));
  }

  /**
   * Every edit under each form that its lines have, opened; one without lines under every form that
   * occurs. There is one form at least. Text comes first, then keys in their order.
   *
   * @throws dev.assay.proto.signature.UnreadableLinesException where lines do not open
   */
  Map<Alphabet, List<EditFact>> sorted(Collection<EditFact> edits) {
    Map<Alphabet, List<EditFact>> sorted = new LinkedHashMap<>();
    sorted.put(Alphabet.TEXT, new ArrayList<>());
    signed.values().forEach(alphabet -> sorted.put(alphabet, new ArrayList<>()));
    List<EditFact> withoutLines = new ArrayList<>();
    for (EditFact edit : edits) {
      EditLines lines = edit.lines();
      if (lines == null) {
        withoutLines.add(edit);
      } else {
        opened(lines)
            .forEach(
                (form, some) ->
                    sorted.computeIfAbsent(form, f -> new ArrayList<>()).add(edit.with(some)));
      }
    }
    sorted.values().removeIf(List::isEmpty);
    if (sorted.isEmpty()) {
      sorted.put(Alphabet.TEXT, new ArrayList<>());
    }
    sorted.values().forEach(some -> some.addAll(withoutLines));
    return sorted;
  }

  private Map<Alphabet, EditLines> opened(EditLines lines) {
    if (lines.getSignedCount() == 0) {
      return Map.of(Alphabet.TEXT, lines);
    }
    Map<Alphabet, EditLines> opened = new LinkedHashMap<>();
    if (lines.getHunksCount() > 0) {
      opened.put(Alphabet.TEXT, lines);
    }
    for (SignedLines part : lines.getSignedList()) {
      SigningKey key = keyring.withId(part.getKeyId());
      EditLines some = EditLines.newBuilder().addAllHunks(key.open(part)).build();
      opened.merge(
          signed.getOrDefault(key.id(), Alphabet.TEXT),
          some,
          (a, b) -> a.toBuilder().mergeFrom(b).build());
    }
    return opened;
  }

  /** What to ask the line index for, to find lines of the change in any form. */
  Set<String> lookedUp(Set<String> normalised) {
    Set<String> lines = new TreeSet<>(normalised);
    for (SigningKey key : keyring.keys()) {
      normalised.forEach(line -> lines.add(IndexedHash.of(key.indexHash(line))));
    }
    return lines;
  }
}

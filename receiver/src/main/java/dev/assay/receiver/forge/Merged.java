package dev.assay.receiver.forge;

import dev.assay.store.fact.Change;
import java.util.List;

/**
 * What was merged in a repository.
 *
 * @param names of the repository; changes are kept under the first
 * @param branch full name of the default branch's reference, or {@code HEAD}
 * @param tip its last commit
 * @param shallow whether older changes are missing
 * @param changes oldest first; a list's in the list's order
 */
public record Merged(
    List<String> names, String branch, String tip, boolean shallow, List<Change> changes) {
  public Merged {
    names = List.copyOf(names);
    changes = List.copyOf(changes);
  }
}

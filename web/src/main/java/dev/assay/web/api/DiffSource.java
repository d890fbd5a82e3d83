package dev.assay.web.api;

import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.forge.GitException;
import dev.assay.store.fact.Change;
import java.util.List;
import java.util.Optional;

/**
 * Reads the text of a merged change from where its repository lies, each time that somebody looks
 * at it: the store keeps verdicts, not other people's source.
 */
public interface DiffSource {
  /** For a server that has no repository at hand. */
  DiffSource NONE =
      new DiffSource() {
        @Override
        public Optional<ChangeDiff> diff(Change change) {
          return Optional.empty();
        }

        @Override
        public Optional<List<String>> fileAfter(Change change, String path) {
          return Optional.empty();
        }
      };

  /**
   * What the change does to the tree.
   *
   * @return empty where this server has no checkout of the repository, or the checkout no such
   *     commit
   * @throws GitException where it has one but cannot read it; the message names what and where
   */
  Optional<ChangeDiff> diff(Change change) throws GitException;

  /**
   * The lines of a file as the change left it, without line breaks, so that a diff can be shown
   * with the lines around it.
   *
   * @param path after the change
   * @return empty where it cannot be had, or is not text
   */
  Optional<List<String>> fileAfter(Change change, String path) throws GitException;
}

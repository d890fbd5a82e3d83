package dev.assay.web.doctor;

import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.Merged;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What can be read in the git repositories, and what git alone cannot tell. */
final class Repositories {
  private static final String SUBJECT = "repository";

  private Repositories() {}

  /**
   * @param folders as named or as the agent told
   */
  static void check(List<Path> folders, Consumer<Finding> findings) {
    if (folders.isEmpty()) {
      findings.accept(
          Finding.note(
              SUBJECT,
              "none is known: none is named, and the agent has told of no checkout",
              "Name one with --repository, or let the agent read a session that worked in one."));
    }
    for (Path folder : folders) {
      try (GitRepository repository = GitRepository.open(folder)) {
        check(folder, repository.merged(), findings);
      } catch (GitException e) {
        findings.accept(
            Finding.mend(
                SUBJECT,
                String.valueOf(e.getMessage()),
                "Correct --repository, or leave it: others are attributed all the same."));
      }
    }
  }

  private static void check(Path folder, Merged merged, Consumer<Finding> findings) {
    long pulls = merged.changes().stream().filter(change -> change.number() != null).count();
    long others = merged.changes().size() - pulls;
    String text =
        folder
            + " ("
            + merged.names().get(0)
            + ", "
            + merged.branch()
            + "): "
            + pulls
            + " merged pull requests";
    if (merged.shallow()) {
      findings.accept(
          Finding.mend(
              SUBJECT,
              text + "; a shallow clone, older ones are missing",
              "git -C " + folder + " fetch --unshallow"));
    } else if (pulls == 0) {
      findings.accept(
          Finding.note(
              SUBJECT,
              text + ", " + others + " commits without one",
              "Merge and squash commits carry a number; rebase merges do not, git alone cannot see"
                  + " them: assay attribute --pulls FILE takes a list."));
    } else {
      findings.accept(
          Finding.ok(SUBJECT, text + (others == 0 ? "" : ", " + others + " commits without one")));
    }
  }
}

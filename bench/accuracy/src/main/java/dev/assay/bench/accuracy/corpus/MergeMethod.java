package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.git.Git;
import java.time.Instant;
import java.util.Random;

/** How a branch reaches main. */
enum MergeMethod {
  MERGE {
    @Override
    void merge(Git git, int number, String branch, Instant when) {
      String title = "Merge pull request #" + number + " from acme/" + branch;
      git.runAs(
          FORGE, when, "merge", "-q", "--no-ff", "-m", title + "\n\nChange " + number, branch);
    }
  },
  SQUASH {
    @Override
    void merge(Git git, int number, String branch, Instant when) {
      git.runAs(FORGE, when, "merge", "-q", "--squash", branch);
      git.runAs(
          FORGE,
          when,
          "commit",
          "-q",
          "--allow-empty",
          "-m",
          "Change " + number + " (#" + number + ")");
    }
  },
  REBASE {
    @Override
    void merge(Git git, int number, String branch, Instant when) {
      git.runAs(
          FORGE,
          when,
          "cherry-pick",
          "--allow-empty",
          "--keep-redundant-commits",
          "main.." + branch);
    }
  },
  CHERRY_PICK {
    @Override
    void merge(Git git, int number, String branch, Instant when) {
      git.runAs(FORGE, when, "merge", "-q", "--squash", branch);
      String head = git.run("rev-parse", branch).strip();
      String message =
          "Change " + number + " (#" + number + ")\n\n(cherry picked from commit " + head + ")";
      git.runAs(FORGE, when, "commit", "-q", "--allow-empty", "-m", message);
    }
  };

  private static final String FORGE = "forge";

  /** Merges a branch into main, which is checked out. */
  abstract void merge(Git git, int number, String branch, Instant when);

  static MergeMethod pick(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> MERGE;
      case 4, 5, 6 -> SQUASH;
      case 7, 8 -> REBASE;
      default -> CHERRY_PICK;
    };
  }
}

package dev.assay.receiver.follow;

import dev.assay.receiver.forge.Workbench;
import java.io.IOException;

/** How a branch reaches main. */
enum MergeKind {
  MERGE_COMMIT {
    @Override
    void merge(Workbench bench) throws IOException {
      bench.merge("topic", "Merge pull request #1 from acme/topic");
    }
  },
  SQUASH {
    @Override
    void merge(Workbench bench) throws IOException {
      bench.squash("topic", "The work on the topic (#1)");
    }
  },
  REBASE {
    @Override
    void merge(Workbench bench) throws IOException {
      bench.git("checkout", "-q", "-b", "rebased", "topic");
      bench.committed("rebase", "-q", "main");
      bench.git("checkout", "-q", "main");
      bench.git("merge", "-q", "--ff-only", "rebased");
      bench.git("branch", "-D", "rebased");
    }
  },
  CHERRY_PICK {
    @Override
    void merge(Workbench bench) throws IOException {
      bench.committed("cherry-pick", "main..topic");
    }
  },
  FAST_FORWARD {
    @Override
    void merge(Workbench bench) throws IOException {
      bench.git("merge", "-q", "--ff-only", "topic");
    }
  },
  /** As a forge leaves it that deletes merged branches. */
  SQUASH_AND_DELETE {
    @Override
    void merge(Workbench bench) throws IOException {
      SQUASH.merge(bench);
      bench.git("branch", "-D", "topic");
    }
  };

  /** Merges the branch {@code topic} into main, which is checked out. */
  abstract void merge(Workbench bench) throws IOException;
}

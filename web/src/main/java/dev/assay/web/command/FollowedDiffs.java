package dev.assay.web.command;

import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.follow.Follower;
import dev.assay.receiver.forge.GitException;
import dev.assay.store.fact.Change;
import dev.assay.web.api.DiffSource;
import java.util.List;
import java.util.Optional;

/** The text of changes, read from the repositories that are followed. */
final class FollowedDiffs implements DiffSource {
  private final Follower follower;

  FollowedDiffs(Follower follower) {
    this.follower = follower;
  }

  @Override
  public Optional<ChangeDiff> diff(Change change) throws GitException {
    return follower.diff(change);
  }

  @Override
  public Optional<List<String>> fileAfter(Change change, String path) throws GitException {
    return follower.fileAfter(change, path);
  }
}

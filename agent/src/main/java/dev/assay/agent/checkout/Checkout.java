package dev.assay.agent.checkout;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A working tree of git.
 *
 * @param root its top folder, symbolic links resolved
 * @param repositories the names of all its remotes, or {@code local/<root commit>}; empty where
 *     there is no commit either
 * @param email git's {@code user.email} there
 */
public record Checkout(Path root, List<String> repositories, @Nullable String email) {
  public Checkout {
    repositories = List.copyOf(repositories);
  }
}

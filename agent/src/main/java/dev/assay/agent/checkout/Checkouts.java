package dev.assay.agent.checkout;

import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkouts of this machine, as far as sessions worked in them. One thread uses it. What git
 * said is remembered until {@link #forget}.
 */
public final class Checkouts implements AutoCloseable {
  /** So many {@code git check-ignore} are open at once; the oldest is closed for a new one. */
  private static final int LIMIT_OPEN = 16;

  /** Where Claude Code itself puts worktrees, under the root of the checkout. */
  private static final Path WORKTREES = Path.of(".claude", "worktrees");

  private final CheckoutReader reader;
  private final Complaints complaints;
  private final Map<Path, Optional<Path>> rootOfFolder = new HashMap<>();
  private final Map<String, Optional<Path>> sessionRoots = new HashMap<>();
  private final Map<String, Folder> folders = new HashMap<>();
  private final Map<Path, Checkout> checkouts = new HashMap<>();
  private final Map<Path, Checkout> seen = new LinkedHashMap<>();
  private final Map<Path, IgnoreRules> open = new LinkedHashMap<>();
  private final Map<Path, Map<String, Boolean>> ignored = new HashMap<>();
  private @Nullable String userEmail;
  private boolean userEmailAsked;

  public Checkouts(Complaints complaints) {
    this.reader = new CheckoutReader(complaints);
    this.complaints = complaints;
  }

  /** All that sessions worked in, as far as this process saw. */
  public Collection<Checkout> seen() {
    return List.copyOf(seen.values());
  }

  /** The checkout that a folder lies in; empty where there is none, or the folder is gone. */
  public Optional<Checkout> of(@Nullable String folder) {
    if (folder == null) {
      return Optional.empty();
    }
    Optional<Path> root = sessionRoots.get(folder);
    if (root == null) {
      Path path = parse(folder, null);
      root =
          path != null && path.isAbsolute() && Files.isDirectory(path)
              ? rootOf(path)
              : Optional.empty();
      sessionRoots.put(folder, root);
    }
    return root.map(this::checkout);
  }

  /**
   * Git's {@code user.email} in a folder: of its checkout, else the one that is set for the user.
   */
  public @Nullable String email(@Nullable String folder) {
    Optional<Checkout> checkout = of(folder);
    if (checkout.isPresent()) {
      return checkout.get().email();
    }
    if (!userEmailAsked) {
      userEmail = reader.email(Path.of(System.getProperty("user.home")));
      userEmailAsked = true;
    }
    return userEmail;
  }

  /**
   * Where a file lies, whether or not it still exists.
   *
   * @param file as Claude Code wrote it
   * @param cwd the session's folder
   */
  public Location locate(String file, @Nullable String cwd) {
    Path path = target(parse(file, cwd));
    if (path == null || !path.isAbsolute() || path.getParent() == null) {
      return noCheckout(cwd);
    }
    String key = path.getParent() + "\n" + cwd;
    Folder folder = folders.get(key);
    if (folder == null) {
      folder = folder(path, cwd);
      folders.put(key, folder);
    }
    if (folder.root() == null) {
      return folder.elsewhere();
    }
    Path relative = folder.inRoot().resolve(path.getFileName());
    return new Location.Inside(checkout(folder.root()), relative.toString().replace('\\', '/'));
  }

  /**
   * A folder of edited files, as the session in {@code cwd} sees it.
   *
   * @param root of its checkout; null where it is in none
   * @param inRoot its path there
   * @param elsewhere what to say where it is in none
   */
  private record Folder(@Nullable Path root, Path inRoot, Location elsewhere) {
    static Folder not(Location elsewhere) {
      return new Folder(null, Path.of(""), elsewhere);
    }
  }

  private Folder folder(Path file, @Nullable String cwd) {
    Path parent = file.getParent();
    Path existing = parent;
    while (existing != null && !Files.isDirectory(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || parent == null) {
      return Folder.not(noCheckout(cwd));
    }
    Path real;
    try {
      real = existing.toRealPath();
    } catch (IOException unreadable) {
      return Folder.not(noCheckout(cwd));
    }
    Path root = rootOf(real).orElse(null);
    if (root == null) {
      return Folder.not(noCheckout(cwd));
    }
    Path inRoot = root.relativize(real.resolve(existing.relativize(parent)));
    Path session = parse(cwd, null);
    if (session != null && file.startsWith(session) && !Files.isDirectory(session)) {
      inRoot = inGoneFolder(root, inRoot);
      if (inRoot == null) {
        return Folder.not(new Location.NoCheckout());
      }
    }
    return inRoot.startsWith(".git")
        ? Folder.not(new Location.Outside())
        : new Folder(root, inRoot, new Location.Outside());
  }

  /**
   * Whether git ignores a path.
   *
   * @param path relative to the root
   * @return empty where git gives no answer
   */
  public Optional<Boolean> ignores(Checkout checkout, String path) {
    Map<String, Boolean> answers =
        ignored.computeIfAbsent(checkout.root(), root -> new HashMap<>());
    Boolean known = answers.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      boolean answer = rules(checkout.root()).ignores(path);
      answers.put(path, answer);
      return Optional.of(answer);
    } catch (IOException noAnswer) {
      IgnoreRules broken = open.remove(checkout.root());
      if (broken != null) {
        broken.close();
      }
      complaints.add(
          "git-ignore-unknown",
          checkout.root().toString(),
          checkout.root()
              + ": git does not tell whether it ignores an edited file ("
              + noAnswer.getMessage()
              + "); its lines stay here");
      return Optional.empty();
    }
  }

  /** Closes what is open; rules and folders may have changed when they are needed next. */
  public void endRound() {
    close();
    ignored.clear();
    folders.clear();
    sessionRoots.clear();
    rootOfFolder.clear();
  }

  /** Asks git anew from now on. */
  public void forget() {
    endRound();
    checkouts.clear();
    userEmailAsked = false;
  }

  @Override
  public void close() {
    open.values().forEach(IgnoreRules::close);
    open.clear();
  }

  private IgnoreRules rules(Path root) throws IOException {
    IgnoreRules rules = open.get(root);
    if (rules != null) {
      return rules;
    }
    if (open.size() >= LIMIT_OPEN) {
      Path oldest = open.keySet().iterator().next();
      IgnoreRules closing = open.remove(oldest);
      if (closing != null) {
        closing.close();
      }
    }
    IgnoreRules opened = new IgnoreRules(root);
    open.put(root, opened);
    return opened;
  }

  private Location noCheckout(@Nullable String cwd) {
    return of(cwd).isPresent() ? new Location.Outside() : new Location.NoCheckout();
  }

  /**
   * The session's folder is gone, but a checkout stands above it: the folder may have been a part
   * of it, or a worktree of Claude Code's in it, or another checkout in what is a checkout too
   * (dotfiles). Only the first two are this checkout's.
   */
  private static @Nullable Path inGoneFolder(Path root, Path folder) {
    if (folder.startsWith(WORKTREES) && folder.getNameCount() > 2) {
      return folder.getNameCount() == 3 ? Path.of("") : folder.subpath(3, folder.getNameCount());
    }
    try {
      String known = Git.output(root, "rev-list", "-1", "--all", "--", folder.toString());
      return known.isBlank() ? null : folder;
    } catch (IOException unknown) {
      return null;
    }
  }

  private Checkout checkout(Path root) {
    Checkout checkout = checkouts.computeIfAbsent(root, reader::read);
    seen.put(root, checkout);
    return checkout;
  }

  /** The nearest folder upwards that has a {@code .git}: a folder, or a file in a worktree. */
  private Optional<Path> rootOf(Path folder) {
    Optional<Path> known = rootOfFolder.get(folder);
    if (known != null) {
      return known;
    }
    Optional<Path> root = Optional.empty();
    try {
      Path real = folder.toRealPath();
      for (Path at = real; at != null; at = at.getParent()) {
        if (Files.exists(at.resolve(".git"))) {
          root = Optional.of(at);
          break;
        }
      }
    } catch (IOException gone) {
      root = Optional.empty();
    }
    rootOfFolder.put(folder, root);
    return root;
  }

  /** What a symbolic link stands for: the lines are written there. */
  private static @Nullable Path target(@Nullable Path path) {
    try {
      return path != null && Files.isSymbolicLink(path) ? path.toRealPath() : path;
    } catch (IOException dangling) {
      return null;
    }
  }

  private static @Nullable Path parse(@Nullable String text, @Nullable String cwd) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute() && cwd != null) {
        path = Path.of(cwd).resolve(path);
      }
      return path.normalize();
    } catch (InvalidPathException notOfThisMachine) {
      return null;
    }
  }
}

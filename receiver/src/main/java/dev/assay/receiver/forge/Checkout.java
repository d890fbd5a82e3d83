package dev.assay.receiver.forge;

import dev.assay.proto.telemetry.RepositoryName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a repository's own configuration and references say: its names, and the branch that counts
 * as merged.
 *
 * @param remotes name of the remote, and the repository behind it; the one that pull requests go to
 *     first
 * @param branch full name of the default branch's reference
 * @param tip commit of the default branch; null where there are no commits
 */
record Checkout(Map<String, String> remotes, @Nullable String branch, @Nullable String tip) {
  /** Branches that are taken for the default one before another branch that is checked out. */
  private static final List<String> USUAL = List.of("main", "master", "trunk", "develop");

  static Checkout read(Git git) throws GitException {
    Refs refs = Refs.read(git);
    Map<String, String> remotes = remotes(git, refs);
    String branch = branch(remotes.keySet(), refs);
    return new Checkout(remotes, branch, branch == null ? refs.detached : refs.tips.get(branch));
  }

  /**
   * {@code upstream}, where it was fetched, is where the pull requests of a fork's checkout go to;
   * else {@code origin}.
   */
  private static Map<String, String> remotes(Git git, Refs refs) throws GitException {
    Map<String, List<String>> urls = new LinkedHashMap<>();
    Map<String, String> insteadOf = new LinkedHashMap<>();
    for (String entry : git.configuration()) {
      int line = entry.indexOf('\n');
      String key = line < 0 ? entry : entry.substring(0, line);
      String value = line < 0 ? "" : entry.substring(line + 1);
      String remote = between("remote.", key, ".url", ".pushurl");
      String base = between("url.", key, ".insteadof");
      if (remote != null) {
        urls.computeIfAbsent(remote, k -> new ArrayList<>()).add(value);
      } else if (base != null) {
        insteadOf.put(value, base);
      }
    }
    List<String> order = new ArrayList<>();
    if (refs.ofRemote("upstream")) {
      order.add("upstream");
    }
    order.add("origin");
    order.addAll(urls.keySet());
    Map<String, String> out = new LinkedHashMap<>();
    for (String remote : order) {
      int more = 0;
      for (String url : urls.getOrDefault(remote, List.of())) {
        String key = more == 0 ? remote : remote + "/" + more;
        Optional<String> name = RepositoryName.of(rewritten(url, insteadOf));
        if (name.isPresent() && out.putIfAbsent(key, name.get()) == null) {
          more++;
        }
      }
    }
    return out;
  }

  private static @Nullable String between(String start, String key, String... ends) {
    for (String end : ends) {
      if (key.startsWith(start)
          && key.endsWith(end)
          && key.length() > start.length() + end.length()) {
        return key.substring(start.length(), key.length() - end.length());
      }
    }
    return null;
  }

  /** As git does: the longest {@code url.<base>.insteadOf} that fits is replaced by its base. */
  private static String rewritten(String url, Map<String, String> insteadOf) {
    String best = "";
    for (String start : insteadOf.keySet()) {
      if (url.startsWith(start) && start.length() > best.length()) {
        best = start;
      }
    }
    return insteadOf.getOrDefault(best, "") + url.substring(best.length());
  }

  private static @Nullable String branch(Set<String> named, Refs refs) {
    Set<String> remotes = new LinkedHashSet<>(named);
    remotes.add("origin");
    for (String remote : remotes) {
      String prefix = "refs/remotes/" + remote + "/";
      String head = refs.targets.get(prefix + "HEAD");
      if (head != null && refs.tips.containsKey(head)) {
        return head;
      }
      for (String usual : USUAL) {
        if (refs.tips.containsKey(prefix + usual)) {
          return prefix + usual;
        }
      }
    }
    String head = refs.head;
    if (head != null && !refs.tips.containsKey(head)) {
      head = null; // no commit there yet
    }
    if (head != null && (refs.bare || USUAL.contains(head.substring("refs/heads/".length())))) {
      return head;
    }
    for (String usual : USUAL) {
      if (refs.tips.containsKey("refs/heads/" + usual)) {
        return "refs/heads/" + usual;
      }
    }
    if (head != null) {
      return head;
    }
    return refs.detached == null && refs.heads.size() == 1 ? refs.heads.get(0) : null;
  }

  /** The references that matter here, in three commands however many there are. */
  private record Refs(
      @Nullable String head,
      @Nullable String detached,
      boolean bare,
      Map<String, String> tips,
      Map<String, String> targets,
      List<String> heads) {

    static Refs read(Git git) throws GitException {
      String head = null;
      String detached = null;
      try {
        head = git.text("symbolic-ref", "-q", "HEAD");
      } catch (GitException noBranch) {
        detached = git.text("rev-parse", "--verify", "HEAD^{commit}");
      }
      List<String> patterns = new ArrayList<>();
      for (String usual : USUAL) {
        patterns.add("refs/heads/" + usual);
        patterns.add("refs/remotes/*/" + usual);
      }
      patterns.add("refs/remotes/*/HEAD");
      if (head != null) {
        patterns.add(head);
      }
      Map<String, String> tips = new LinkedHashMap<>();
      Map<String, String> targets = new LinkedHashMap<>();
      list(git, tips, targets, patterns);
      Map<String, String> pointed = new LinkedHashMap<>();
      if (!targets.isEmpty()) {
        list(git, pointed, new LinkedHashMap<>(), new ArrayList<>(targets.values()));
        tips.putAll(pointed);
      }
      List<String> heads = new ArrayList<>();
      if (tips.isEmpty()) {
        Map<String, String> some = new LinkedHashMap<>();
        list(git, some, targets, List.of("--count=2", "refs/heads/"));
        heads.addAll(some.keySet());
        tips.putAll(some);
      }
      return new Refs(head, detached, bare(git), tips, targets, heads);
    }

    boolean ofRemote(String remote) {
      String prefix = "refs/remotes/" + remote + "/";
      return tips.keySet().stream().anyMatch(ref -> ref.startsWith(prefix));
    }

    /** A folder named {@code .git} belongs to a work tree. */
    private static boolean bare(Git git) {
      return !git.gitDirectory().endsWith(".git");
    }

    private static void list(
        Git git, Map<String, String> tips, Map<String, String> targets, List<String> patterns)
        throws GitException {
      List<String> command =
          new ArrayList<>(List.of("for-each-ref", "--format=%(refname) %(symref) %(objectname)"));
      command.addAll(patterns);
      for (String line : git.text(command.toArray(String[]::new)).split("\n", -1)) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3) {
          tips.put(parts[0], parts[2]);
          if (!parts[1].isEmpty()) {
            targets.put(parts[0], parts[1]);
          }
        }
      }
    }
  }
}

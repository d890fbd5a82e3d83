package dev.assay.agent.outbound;

import dev.assay.proto.telemetry.RepositoryName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which names the repositories of folders are known whose checkout may be gone: from a session
 * that worked there while it stood, or from a pull request that a session made there.
 */
final class FolderNames {
  /** More folders are forgotten, all at once. */
  static final int LIMIT_FOLDERS = 20_000;

  /** The page of a pull or merge request, behind the repository's own. */
  private static final Pattern PULL_REQUEST =
      Pattern.compile("(https?://.+?)/(?:-/)?(?:pull|pulls|merge_requests|pull-requests)/\\d+.*");

  private final Map<String, List<String>> names = new HashMap<>();

  void learn(@Nullable String folder, List<String> repositories) {
    if (folder != null && !repositories.isEmpty()) {
      if (names.size() >= LIMIT_FOLDERS) {
        names.clear();
      }
      names.put(folder, repositories);
    }
  }

  /** What a pull request's page tells of the repository. */
  void learnFrom(@Nullable String folder, String pullRequestUrl) {
    Matcher page = PULL_REQUEST.matcher(pullRequestUrl);
    if (page.matches() && !names.containsKey(String.valueOf(folder))) {
      RepositoryName.of(page.group(1)).ifPresent(name -> learn(folder, List.of(name)));
    }
  }

  List<String> of(@Nullable String folder) {
    return folder == null ? List.of() : names.getOrDefault(folder, List.of());
  }
}

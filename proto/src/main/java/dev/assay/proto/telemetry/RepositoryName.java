package dev.assay.proto.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one name of a repository, however it was cloned: {@code host/owner/name} in lower case, or
 * {@code local/<root commit>} where no remote has a host. Agent and receiver must name alike, for
 * an edit is a candidate only where its checkout and the merged change have a name in common.
 */
public final class RepositoryName {
  /** Longer remote URLs are nobody's. */
  static final int LIMIT_CHARS = 2_000;

  /** {@code [user@]host:path}, as ssh and git write it; a single letter is a Windows drive. */
  private static final Pattern SCP =
      Pattern.compile("(?:[^@/\\s]+@)?(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]@\\s]{2,}):(?!:|//)(.+)");

  private static final Pattern URL =
      Pattern.compile(
          "(https?|ssh|git|git\\+ssh|ssh\\+git|git\\+https?|ftps?)://(?:[^@/]*@)?(\\[[^]/]+]|[^:/\\[\\]]+)(?::\\d*)?/(.*)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern VISUAL_STUDIO = Pattern.compile("([^.]+)\\.visualstudio\\.com");

  private RepositoryName() {}

  /**
   * The name behind a remote's URL; empty for a folder, a bundle, or what is no URL at all.
   * Credentials, ports, {@code .git} and letter case fall away. Hosts that serve one repository
   * under several names give one: ssh over port 443 of GitHub, GitLab and Bitbucket, the three
   * forms of Azure DevOps, and {@code /scm/} of Bitbucket Server.
   */
  public static Optional<String> of(String remoteUrl) {
    String url = remoteUrl.strip();
    if (url.length() > LIMIT_CHARS) {
      return Optional.empty();
    }
    Matcher full = URL.matcher(url);
    if (full.matches()) {
      boolean http = full.group(1).toLowerCase(Locale.ROOT).contains("http");
      return name(full.group(2), decoded(full.group(3)), http);
    }
    Matcher scp = SCP.matcher(url);
    if (!url.contains("://") && !url.contains("\\") && scp.matches()) {
      return name(scp.group(1), scp.group(2), false);
    }
    return Optional.empty();
  }

  /**
   * The name of a repository without a remote that has a host.
   *
   * @param rootCommit the last commit of the first-parent history of {@code HEAD}, in full
   */
  public static String local(String rootCommit) {
    return "local/" + rootCommit.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether {@code name} is what {@code wanted} means: equal, or, where {@code wanted} has no host
   * ({@code owner/name}), equal without its own.
   */
  public static boolean matches(String name, String wanted) {
    String want = trimmed(wanted.toLowerCase(Locale.ROOT));
    int host = name.indexOf('/');
    return name.equals(want) || (host > 0 && name.substring(host + 1).equals(want));
  }

  private static Optional<String> name(String rawHost, String rawPath, boolean http) {
    String host = rawHost.toLowerCase(Locale.ROOT);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    List<String> path = new ArrayList<>();
    for (String part : trimmed(rawPath.toLowerCase(Locale.ROOT)).split("/", -1)) {
      if (part.equals("..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path.add(part);
      }
    }
    host =
        switch (host) {
          case "www.github.com", "ssh.github.com" -> "github.com";
          case "altssh.gitlab.com" -> "gitlab.com";
          case "altssh.bitbucket.org" -> "bitbucket.org";
          case "ssh.dev.azure.com", "vs-ssh.visualstudio.com" -> "dev.azure.com";
          default -> host;
        };
    Matcher visualStudio = VISUAL_STUDIO.matcher(host);
    if (visualStudio.matches()) {
      host = "dev.azure.com";
      path.remove("defaultcollection");
      path.add(0, visualStudio.group(1));
    }
    if (host.equals("dev.azure.com")) {
      azure(path);
    } else if (http && path.size() == 3 && path.get(0).equals("scm")) {
      path.remove(0);
    }
    return host.isEmpty() || path.isEmpty()
        ? Optional.empty()
        : Optional.of(host + "/" + String.join("/", path));
  }

  /** {@code v3/org/project/repo} (ssh) and {@code org/project/_git/repo} (https) are one. */
  private static void azure(List<String> path) {
    path.replaceAll(RepositoryName::decoded);
    if (path.size() == 4 && path.get(0).equals("v3")) {
      path.remove(0);
    }
    int mark = path.indexOf("_git");
    if (mark > 0) {
      path.remove(mark);
      if (path.size() == 2) {
        path.add(path.get(1)); // org/_git/repo: the project has the repository's name
      }
    }
  }

  private static String trimmed(String path) {
    String out = path;
    while (out.endsWith("/")) {
      out = out.substring(0, out.length() - 1);
    }
    return out.endsWith(".git") ? out.substring(0, out.length() - 4) : out;
  }

  private static String decoded(String path) {
    int end = path.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = path.indexOf(mark);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    String bare = path.substring(0, end);
    try {
      return URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return bare;
    }
  }
}

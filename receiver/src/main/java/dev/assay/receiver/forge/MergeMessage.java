package dev.assay.receiver.forge;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the message of a commit on the default branch tells of the pull request that it merges.
 *
 * @param number of the pull request; null where the message names none
 * @param title the pull request's where the message has it, else the commit's first line
 * @param headOwner owner of the repository that the branch came from, where the message tells
 */
record MergeMessage(@Nullable Integer number, String title, @Nullable String headOwner) {
  /** Titles are cut to this. */
  static final int LIMIT_TITLE_CHARS = 500;

  /**
   * The forges' own messages, in the order in which they are tried. Group {@code n} is the number;
   * {@code title} the pull request's title, which else stands in the first paragraph below where
   * {@code titleBelow} says so; {@code owner} the owner of the branch's repository. All are looked
   * for in the first line but GitLab's, which is a line of the message's last paragraph.
   */
  private static final List<Form> FORMS =
      List.of(
          new Form("GitHub", "Merge pull request #(?<n>\\d+) from (?<owner>[^/\\s]+)/\\S+", true),
          new Form("Bitbucket Cloud", "Merged in .+ \\(pull request #(?<n>\\d+)\\)", true),
          new Form("Bitbucket Server", "Pull request #(?<n>\\d+): (?<title>.+)", false),
          new Form("Azure DevOps", "Merged PR (?<n>\\d+): (?<title>.+)", false));

  private static final Pattern GITLAB =
      Pattern.compile(
          "^See merge request (?:[^\\s!]*!|\\S+/-/merge_requests/)(?<n>\\d+)\\s*$",
          Pattern.MULTILINE);

  private static final Pattern GITLAB_FIRST_LINE = Pattern.compile("Merge branch '.*' into '.*'");

  /** Squash merges of GitHub, Gitea, Gerrit's mirrors and many scripts: {@code Title (#12)}. */
  private static final Pattern SQUASH = Pattern.compile("^(?<title>.*?)\\s*\\(#(?<n>\\d+)\\)$");

  private record Form(String forge, Pattern firstLine, boolean titleBelow) {
    Form(String forge, String firstLine, boolean titleBelow) {
      this(forge, Pattern.compile(firstLine), titleBelow);
    }
  }

  static MergeMessage of(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    for (Form form : FORMS) {
      Matcher found = form.firstLine.matcher(first);
      Integer number = found.matches() ? number(found.group("n")) : null;
      if (number != null) {
        String title = form.titleBelow ? below(message, first) : found.group("title");
        String owner = form.forge.equals("GitHub") ? found.group("owner") : null;
        return new MergeMessage(number, cut(title), owner);
      }
    }
    Matcher gitlab = GITLAB.matcher(message);
    Integer last = null;
    while (gitlab.find()) {
      last = number(gitlab.group("n"));
    }
    if (last != null) {
      boolean merge = GITLAB_FIRST_LINE.matcher(first).matches();
      return new MergeMessage(last, cut(merge ? below(message, first) : first), null);
    }
    Matcher squash = SQUASH.matcher(first);
    Integer number = squash.matches() ? number(squash.group("n")) : null;
    return number == null
        ? new MergeMessage(null, cut(first), null)
        : new MergeMessage(number, cut(squash.group("title")), null);
  }

  /** The message's first line, bounded. */
  static String firstLine(String message) {
    return cut(message.lines().findFirst().orElse("").strip());
  }

  /** The first line below the first one that says something; the first one where none does. */
  private static String below(String message, String first) {
    return message
        .lines()
        .skip(1)
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("See merge request "))
        .findFirst()
        .orElse(first);
  }

  /** Null for zero and for what is beyond all pull requests. */
  private static @Nullable Integer number(String digits) {
    if (digits.length() > 9) {
      return null;
    }
    int number = Integer.parseInt(digits);
    return number == 0 ? null : number;
  }

  private static String cut(String title) {
    if (title.length() <= LIMIT_TITLE_CHARS) {
      return title;
    }
    int end = LIMIT_TITLE_CHARS - 1;
    return title.substring(0, Character.isHighSurrogate(title.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}

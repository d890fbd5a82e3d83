package dev.assay.agent.checkout;

import dev.assay.agent.status.Complaints;
import dev.assay.proto.telemetry.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks git about a checkout: one call, and one more where it has no remote with a host. */
final class CheckoutReader {
  private final Complaints complaints;

  CheckoutReader(Complaints complaints) {
    this.complaints = complaints;
  }

  Checkout read(Path root) {
    Settings settings = settings(root);
    Set<String> names = new LinkedHashSet<>();
    for (String url : settings.urls) {
      RepositoryName.of(settings.rewritten(url)).ifPresent(names::add);
    }
    if (names.isEmpty()) {
      String rootCommit = rootCommit(root);
      if (rootCommit != null) {
        names.add(RepositoryName.local(rootCommit));
      }
    }
    return new Checkout(root, List.copyOf(names), settings.email);
  }

  /** Git's {@code user.email} in a folder outside of any checkout; null where none is set. */
  @Nullable String email(Path folder) {
    return settings(folder).email;
  }

  private Settings settings(Path folder) {
    Settings settings = new Settings();
    try {
      String output = Git.output(folder, "config", "--list", "-z");
      for (String entry : output.split("\0", -1)) {
        int end = entry.indexOf('\n');
        if (end > 0) {
          settings.add(entry.substring(0, end), entry.substring(end + 1));
        }
      }
    } catch (IOException failure) {
      complaints.add("git-failed", folder.toString(), String.valueOf(failure.getMessage()));
    }
    return settings;
  }

  private static @Nullable String rootCommit(Path root) {
    try {
      String output =
          Git.output(root, "rev-list", "--first-parent", "--max-parents=0", "HEAD").strip();
      return output.isEmpty() ? null : output.substring(output.lastIndexOf('\n') + 1);
    } catch (IOException noCommit) {
      return null;
    }
  }

  /** What matters of git's configuration. Later entries win, as in git. */
  private static final class Settings {
    private final List<String> urls = new ArrayList<>();
    private final List<String[]> insteadOf = new ArrayList<>();
    private @Nullable String email;

    void add(String key, String value) {
      String lower = key.toLowerCase(Locale.ROOT);
      if (lower.equals("user.email")) {
        email = value.isBlank() ? null : value.strip();
      } else if (lower.startsWith("remote.")
          && (lower.endsWith(".url") || lower.endsWith(".pushurl"))) {
        urls.add(value);
      } else if (lower.startsWith("url.") && lower.endsWith(".insteadof")) {
        String base = key.substring("url.".length(), key.length() - ".insteadof".length());
        insteadOf.add(new String[] {value, base});
      }
    }

    /** The longest {@code url.<base>.insteadOf} that fits is replaced by its base. */
    String rewritten(String url) {
      String best = "";
      String base = "";
      for (String[] rule : insteadOf) {
        if (url.startsWith(rule[0]) && rule[0].length() > best.length()) {
          best = rule[0];
          base = rule[1];
        }
      }
      return best.isEmpty() ? url : base + url.substring(best.length());
    }
  }
}

package dev.assay.web.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A claude home with one captured session, and the checkout that it worked in, where a pull request
 * with the session's file and two lines of a person was merged an hour later.
 */
final class Scene {
  /** Effective lines of the pull request: 11 of the session's, 2 of the person's. */
  static final int LINES = 13;

  static final int LINES_WITH_CLAUDE_CODE = 11;

  /** 13 of a new file, 4 of an edit, 2 of a notebook. */
  static final int LINES_ACCEPTED = 19;

  static final int ACCEPTED = 3;

  private static final String MERGED =
      """
      import json
      from dataclasses import dataclass


      @dataclass
      class Item:
          sku: str
          quantity: int


      def load_items(path):
          \"""Read items from a JSON file.\"""
          with open(path, encoding='utf-8') as handle:
              rows = json.load(handle)
          return [Item(**row) for row in rows if row['quantity'] > 0]


      def reorder_point(daily_sales, lead_time_days):
          return daily_sales * lead_time_days + 41
      """;

  private final Path claudeHome;
  private final Path checkout;

  private Scene(Path claudeHome, Path checkout) {
    this.claudeHome = claudeHome;
    this.checkout = checkout;
  }

  /**
   * @param capture version and run, for instance {@code claude-code-2.1.330/headless-grpc}
   */
  static Scene in(Path folder, String capture) throws IOException, InterruptedException {
    Path checkout = checkout(folder.resolve("inventory"));
    Path home = Files.createDirectories(folder.resolve("claude"));
    git(checkout, "checkout", "-q", "-b", "inventory");
    Files.createDirectories(checkout.resolve("src"));
    Files.writeString(checkout.resolve("src/inventory.py"), MERGED);
    git(checkout, "add", "-A");
    git(checkout, "commit", "-q", "-m", "Add the inventory");
    git(checkout, "checkout", "-q", "main");
    git(checkout, "merge", "-q", "--squash", "inventory");
    git(checkout, "commit", "-q", "-m", "Add the inventory (#1)");
    new Captured(capture).into(home, checkout);
    return new Scene(home, checkout);
  }

  /** A checkout with a remote and one commit. */
  static Path checkout(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    git(folder, "init", "-q", "-b", "main");
    git(folder, "config", "user.email", "ada@example.com");
    git(folder, "config", "user.name", "Ada");
    git(folder, "remote", "add", "origin", "https://example.com/acme/inventory.git");
    git(folder, "commit", "-q", "--allow-empty", "-m", "Start");
    return folder;
  }

  Path claudeHome() {
    return claudeHome;
  }

  Path checkout() {
    return checkout;
  }

  private static void git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GIT_AUTHOR_DATE", "2026-11-22T18:20:00Z");
    builder.environment().put("GIT_COMMITTER_DATE", "2026-11-22T18:20:00Z");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }
}

package dev.assay.web.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One captured session of the real client, put where a user's would lie. */
final class Captured {
  /** What the client of the captures had as its working directory. */
  private static final String CAPTURED_CHECKOUT = "/home/dev/src/(inventory|pricing)";

  private static final Path CAPTURES = Path.of(System.getProperty("assay.testdata"), "captures");

  private final Path folder;
  private final String fileName;

  /**
   * @param name version and run, for instance {@code claude-code-2.1.330/headless-grpc}
   */
  Captured(String name) {
    this.folder = CAPTURES.resolve(name);
    this.fileName = name.replace('/', '-') + ".jsonl";
  }

  /** Puts the transcript into a claude home, as if it had worked in the checkout. */
  void into(Path claudeHome, Path checkout) throws IOException {
    Path project =
        Files.createDirectories(
            claudeHome
                .resolve("projects")
                .resolve(checkout.toString().replaceAll("[^A-Za-z0-9]", "-")));
    String text = Files.readString(folder.resolve("transcript.jsonl"));
    Files.writeString(
        project.resolve(fileName), text.replaceAll(CAPTURED_CHECKOUT, checkout.toString()));
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

  static String git(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
    return output.strip();
  }
}

package dev.assay.web.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Claude Code in a terminal of its own (tmux), driven by keys and read by its screen. */
final class RealClient implements AutoCloseable {
  private static final Pattern IDLE = Pattern.compile("^❯", Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  // The client remembers an approved key by its last 20 characters: this one has no more.
  private static final String KEY = "sk-ant-script-000000";

  private final String socket = "assay-client-" + ProcessHandle.current().pid();

  /**
   * Starts it and waits until it takes input.
   *
   * @param home its home folder; everything it keeps is in there
   * @param telemetry variables of its own telemetry
   */
  RealClient(Path program, Path checkout, Path home, String model, Map<String, String> telemetry)
      throws IOException, InterruptedException {
    Files.createDirectories(home.resolve(".claude"));
    Files.writeString(
        home.resolve(".claude.json"),
        """
        {"hasCompletedOnboarding": true, "theme": "dark", "numStartups": 5,
         "customApiKeyResponses": {"approved": ["%s"], "rejected": []},
         "projects": {"%s": {"hasTrustDialogAccepted": true, "allowedTools": []}}}
        """
            .formatted(KEY, checkout));
    Map<String, String> environment = new TreeMap<>(telemetry);
    environment.put("HOME", home.toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("TERM", "xterm-256color");
    environment.put("LANG", "C.UTF-8");
    environment.put("IS_SANDBOX", "1");
    environment.put("ANTHROPIC_BASE_URL", model);
    environment.put("ANTHROPIC_API_KEY", KEY);
    environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    environment.put("DISABLE_AUTOUPDATER", "1");
    List<String> start =
        new ArrayList<>(
            List.of("new-session", "-d", "-s", "client", "-x", "160", "-y", "60", "-c"));
    start.add(checkout.toString());
    start.addAll(List.of("env", "-i"));
    environment.forEach((name, value) -> start.add(name + "=" + value));
    start.addAll(List.of(program.toString(), "--permission-mode", "default"));
    tmux(start);
    await(IDLE);
  }

  /** Types a prompt and sends it. */
  void say(String prompt) throws IOException, InterruptedException {
    await(IDLE);
    tmux(List.of("send-keys", "-t", "client", "-l", prompt));
    Thread.sleep(700);
    tmux(List.of("send-keys", "-t", "client", "Enter"));
    Thread.sleep(1000);
  }

  /**
   * Answers a question and waits until it is gone. The client draws a question before it listens
   * for the answer, so a key may get lost: it is then pressed again.
   *
   * @param question what only this question says
   * @param choice 1 is yes, 3 is no
   */
  void answer(String question, int choice) throws IOException, InterruptedException {
    await(question);
    Pattern asked = Pattern.compile(Pattern.quote(question));
    long limit = System.nanoTime() + PATIENCE.toNanos();
    Thread.sleep(500);
    do {
      if (System.nanoTime() > limit) {
        throw new IOException("the client did not take " + choice + ":\n" + screen());
      }
      tmux(List.of("send-keys", "-t", "client", String.valueOf(choice)));
    } while (!gone(asked, Duration.ofSeconds(5)));
  }

  /** Waits until the screen shows a text. */
  void await(String text) throws IOException, InterruptedException {
    await(Pattern.compile(Pattern.quote(text)));
  }

  /** Leaves as a user does, so that it flushes its telemetry. */
  void exit() throws IOException, InterruptedException {
    say("/exit");
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (running()) {
      if (System.nanoTime() > limit) {
        throw new IOException("the client did not end on /exit:\n" + screen());
      }
      Thread.sleep(200);
    }
  }

  private boolean running() throws IOException, InterruptedException {
    return run(List.of("has-session", "-t", "client")).code() == 0;
  }

  private void await(Pattern pattern) throws IOException, InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!pattern.matcher(screen()).find()) {
      if (System.nanoTime() > limit) {
        throw new IOException("the client never showed '" + pattern + "':\n" + screen());
      }
      Thread.sleep(200);
    }
  }

  private boolean gone(Pattern pattern, Duration patience)
      throws IOException, InterruptedException {
    long limit = System.nanoTime() + patience.toNanos();
    while (pattern.matcher(screen()).find()) {
      if (System.nanoTime() > limit) {
        return false;
      }
      Thread.sleep(100);
    }
    return true;
  }

  private String screen() throws IOException, InterruptedException {
    return run(List.of("capture-pane", "-p", "-t", "client")).output();
  }

  private void tmux(List<String> arguments) throws IOException, InterruptedException {
    Ended ended = run(arguments);
    if (ended.code() != 0) {
      throw new IOException("tmux " + arguments + ": " + ended.output());
    }
  }

  private Ended run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-f", "/dev/null", "-L", socket));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @Override
  public void close() throws IOException {
    try {
      run(List.of("kill-server"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Ended(int code, String output) {}
}

package dev.assay.receiver.forge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository that a test fills with the real git; every commit is one hour younger. */
public final class Workbench {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Path root;
  private int hours;
  private String who = "ann";

  private Workbench(Path root) {
    this.root = root;
  }

  /** An empty repository with the branch {@code main}. */
  public static Workbench create(Path root) throws IOException {
    Files.createDirectories(root);
    Workbench bench = new Workbench(root);
    bench.git("init", "-q", "-b", "main");
    bench.git("config", "core.autocrlf", "false");
    return bench;
  }

  /** A repository that is there already. */
  public static Workbench at(Path root) {
    return new Workbench(root);
  }

  public Path root() {
    return root;
  }

  /** Who commits from now on. */
  public Workbench as(String name) {
    who = name;
    return this;
  }

  /** The time of the last commit. */
  public Instant now() {
    return START.plusSeconds(3600L * hours);
  }

  /** The next commit is made at this time, to the hour. */
  public Workbench waitUntil(Instant time) {
    hours = (int) Duration.between(START, time).toHours() - 1;
    return this;
  }

  public Workbench write(String path, String text) throws IOException {
    return write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public Workbench write(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.write(file, content);
    return this;
  }

  /** Adds everything and commits; gives the commit's id. */
  public String commit(String message) throws IOException {
    git("add", "-A");
    return committed("commit", "-q", "--allow-empty", "-m", message);
  }

  /** Runs something that makes a commit, an hour later; gives the commit's id. */
  public String committed(String... command) throws IOException {
    hours++;
    git(command);
    return git("rev-parse", "HEAD");
  }

  /** A branch from here with one commit; goes back to where it was, and gives the commit's id. */
  public String branch(String name, String path, String text) throws IOException {
    String from = git("rev-parse", "--abbrev-ref", "HEAD");
    git("checkout", "-q", "-b", name);
    write(path, text);
    String id = commit("Work on " + name);
    git("checkout", "-q", from);
    return id;
  }

  public String merge(String branch, String message) throws IOException {
    return committed("merge", "-q", "--no-ff", "-m", message, branch);
  }

  public String squash(String branch, String message) throws IOException {
    git("merge", "-q", "--squash", branch);
    return commit(message);
  }

  /** Runs git; gives its output without the end. */
  public String git(String... arguments) throws IOException {
    return raw(arguments).stripTrailing();
  }

  /** Runs git; gives its output. */
  String raw(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    String date = now().getEpochSecond() + " +0000";
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.putAll(
        Map.of(
            "GIT_CONFIG_GLOBAL",
            "/dev/null",
            "GIT_CONFIG_NOSYSTEM",
            "1",
            "GIT_AUTHOR_NAME",
            who,
            "GIT_AUTHOR_EMAIL",
            who + "@example.com",
            "GIT_COMMITTER_NAME",
            who,
            "GIT_COMMITTER_EMAIL",
            who + "@example.com",
            "GIT_AUTHOR_DATE",
            date,
            "GIT_COMMITTER_DATE",
            date));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }
}

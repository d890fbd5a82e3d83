package dev.assay.bench.accuracy.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A git repository, asked through the git command. */
public final class Git {
  private final Path folder;

  private Git(Path folder) {
    this.folder = folder;
  }

  /** The repository in an existing folder, bare or with a work tree. */
  public static Git in(Path folder) {
    return new Git(folder);
  }

  /** Makes a new repository with branch {@code main}. */
  public static Git init(Path folder) {
    Git git = new Git(folder);
    git.run("init", "-q", "-b", "main", folder.toString());
    git.run("config", "core.autocrlf", "false");
    git.run("config", "gc.auto", "0");
    return git;
  }

  /** What git prints. Throws with git's own words where it fails. */
  public String run(String... arguments) {
    return new String(bytes(Map.of(), arguments), StandardCharsets.UTF_8);
  }

  /** The blob of a path at a revision, or null where there is none. */
  public byte @Nullable [] blob(String revision, String path) {
    try {
      return bytes(Map.of(), "show", revision + ":" + path);
    } catch (GitFailedException e) {
      return null;
    }
  }

  /** Runs git as this person at this time. */
  public String runAs(String person, Instant when, String... arguments) {
    String email = person + "@example.com";
    String date = when.getEpochSecond() + " +0000";
    return new String(
        bytes(
            Map.of(
                "GIT_AUTHOR_NAME", person,
                "GIT_AUTHOR_EMAIL", email,
                "GIT_AUTHOR_DATE", date,
                "GIT_COMMITTER_NAME", person,
                "GIT_COMMITTER_EMAIL", email,
                "GIT_COMMITTER_DATE", date),
            arguments),
        StandardCharsets.UTF_8);
  }

  private byte[] bytes(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
    if (!arguments[0].equals("init")) {
      command.addAll(1, List.of("-C", folder.toString()));
    }
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
      builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
      builder.environment().put("GIT_TERMINAL_PROMPT", "0");
      Process process = builder.start();
      process.getOutputStream().close();
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      Thread drain = new Thread(() -> copy(process.getErrorStream(), errors));
      drain.start();
      byte[] out = process.getInputStream().readAllBytes();
      drain.join();
      if (process.waitFor() != 0) {
        throw new GitFailedException(
            String.join(" ", command) + ": " + errors.toString(StandardCharsets.UTF_8).strip());
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GitFailedException("interrupted: " + String.join(" ", command));
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream out) {
    try (in) {
      in.transferTo(out);
    } catch (IOException e) {
      out.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}

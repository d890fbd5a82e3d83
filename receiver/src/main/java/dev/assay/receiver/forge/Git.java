package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The git command line on one repository. Every command is plumbing that only reads ({@link
 * NotesRef} aside, which somebody must ask for), runs no hook, pager, external diff, text
 * conversion or signature check, sees neither the user's nor the system's configuration, and speaks
 * to no remote: a partial clone's missing objects stay missing.
 *
 * @param gitDirectory the folder with the objects, for a worktree the main one's
 */
record Git(Path gitDirectory) {
  /** A command that takes longer is ended. */
  static final long TIMEOUT_SECONDS = 300;

  /** What {@link #text} keeps at most. */
  static final int LIMIT_TEXT_BYTES = 1 << 20;

  private static final int LIMIT_COMPLAINT_BYTES = 4096;

  private static final ScheduledExecutorService CLOCK = clock();

  /** Reads a command's standard output, to its end or as far as it needs. */
  interface Reading<T> {
    T from(InputStream output) throws IOException, GitException;
  }

  /** The standard output as text without white space at its end, bounded. */
  String text(String... arguments) throws GitException {
    return run(
        out -> new String(out.readNBytes(LIMIT_TEXT_BYTES), StandardCharsets.UTF_8).stripTrailing(),
        arguments);
  }

  /** Runs a command; one that fails is a {@link GitException} with git's first own words. */
  <T> T run(Reading<T> reading, String... arguments) throws GitException {
    List<String> command = command();
    command.addAll(Arrays.asList(arguments));
    return run(builder(command), reading, arguments[0]);
  }

  /** Runs a command that reads a file. */
  void run(Path input, String... arguments) throws GitException {
    List<String> command = command();
    command.addAll(Arrays.asList(arguments));
    run(
        builder(command).redirectInput(input.toFile()),
        out -> out.transferTo(OutputStream.nullOutputStream()),
        arguments[0]);
  }

  /** Starts a command that stays and answers questions on its standard input. */
  Process start(String... arguments) throws GitException {
    List<String> command = command();
    command.addAll(Arrays.asList(arguments));
    try {
      return builder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw notRunnable(e);
    }
  }

  /** Asks git where the repository of a folder is: the folder with the objects. */
  static Path locate(Path directory) throws GitException {
    // An owner other than ours is no danger here, for nothing that the repository configures is
    // run.
    List<String> command =
        List.of(
            "git",
            "-c",
            "safe.directory=*",
            "-C",
            directory.toString(),
            "rev-parse",
            "--path-format=absolute",
            "--git-common-dir");
    String found =
        run(
            builder(command),
            out -> new String(out.readNBytes(LIMIT_TEXT_BYTES), StandardCharsets.UTF_8),
            "rev-parse");
    return Path.of(found.endsWith("\n") ? found.substring(0, found.length() - 1) : found);
  }

  /**
   * The configuration as the user has it, {@code key LF value} each: only to learn what remotes are
   * called, for {@code url.<base>.insteadOf} mostly stands in the user's own file.
   */
  List<String> configuration() throws GitException {
    List<String> command = List.of("git", "--git-dir=" + gitDirectory, "config", "-z", "--list");
    ProcessBuilder builder = builder(command);
    builder.environment().remove("GIT_CONFIG_GLOBAL");
    builder.environment().remove("GIT_CONFIG_NOSYSTEM");
    String text =
        run(
            builder,
            out -> new String(out.readNBytes(LIMIT_TEXT_BYTES), StandardCharsets.UTF_8),
            "config");
    return List.of(text.split("\0", -1));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add("git");
    command.add("--git-dir=" + gitDirectory);
    command.add("--bare");
    command.add("--no-pager");
    for (String setting :
        List.of(
            "core.quotePath=false",
            "core.attributesFile=/dev/null",
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "core.bigFileThreshold=512m",
            "diff.renameLimit=1000",
            "diff.suppressBlankEmpty=false",
            "diff.indentHeuristic=true",
            "protocol.allow=never")) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.putAll(
        Map.of(
            "LC_ALL", "C",
            // No work tree and no index: their attributes would make a checkout's diff another
            // than that of the bare repository with the same commits.
            "GIT_INDEX_FILE", "/no-such-folder/index",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_ATTR_NOSYSTEM", "1",
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_NO_REPLACE_OBJECTS", "1",
            "GIT_NO_LAZY_FETCH", "1",
            "GIT_ALLOW_PROTOCOL", "none"));
    return builder;
  }

  private static <T> T run(ProcessBuilder builder, Reading<T> reading, String verb)
      throws GitException {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw notRunnable(e);
    }
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> watch = endLater(process, late);
    Complaint complaint = new Complaint(process.getErrorStream());
    complaint.start();
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      T result = null;
      GitException unreadable = null;
      try {
        result = reading.from(output);
      } catch (GitException e) {
        unreadable = e; // where git failed, its own words say why its output cannot be read
      }
      output.transferTo(OutputStream.nullOutputStream());
      int status = process.waitFor();
      if (late.get()) {
        throw new GitException("git " + verb + " took longer than " + TIMEOUT_SECONDS + " s");
      }
      if (status != 0) {
        throw new GitException("git " + verb + ": " + complaint.text(status));
      }
      if (result == null) {
        throw unreadable == null ? new GitException("git " + verb + " told nothing") : unreadable;
      }
      return result;
    } catch (IOException e) {
      throw new GitException("git " + verb + ": its output broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GitException("git " + verb + " was interrupted", e);
    } finally {
      watch.cancel(false);
      process.destroyForcibly();
    }
  }

  /** Ends a process after {@link #TIMEOUT_SECONDS}, unless that is cancelled. */
  static ScheduledFuture<?> endLater(Process process) {
    return endLater(process, new AtomicBoolean());
  }

  private static ScheduledFuture<?> endLater(Process process, AtomicBoolean late) {
    return CLOCK.schedule(
        () -> {
          late.set(true);
          process.destroyForcibly();
        },
        TIMEOUT_SECONDS,
        TimeUnit.SECONDS);
  }

  private static GitException notRunnable(IOException e) {
    return new GitException("git cannot be run; it must be installed and on the PATH", e);
  }

  private static ScheduledExecutorService clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "git-timeout");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Git's standard error, read beside the output so that neither can fill its pipe. */
  private static final class Complaint extends Thread {
    private final InputStream error;
    private volatile String words = "";

    Complaint(InputStream error) {
      super("git-stderr");
      setDaemon(true);
      this.error = error;
    }

    @Override
    public void run() {
      try (error) {
        words = new String(error.readNBytes(LIMIT_COMPLAINT_BYTES), StandardCharsets.UTF_8).strip();
        error.transferTo(OutputStream.nullOutputStream());
      } catch (IOException gone) {
        // The process was ended; its exit status says the rest.
      }
    }

    String text(int status) throws InterruptedException {
      join(TimeUnit.SECONDS.toMillis(5));
      String first = words.lines().findFirst().orElse("ended with status " + status);
      return first.startsWith("fatal: ") ? first.substring("fatal: ".length()) : first;
    }
  }
}

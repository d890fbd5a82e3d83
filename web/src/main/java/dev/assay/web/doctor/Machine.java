package dev.assay.web.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Java, git and the data directory. */
final class Machine {
  private static final long LEAST_FREE_BYTES = 1L << 30;
  private static final long GIT_LIMIT_SECONDS = 10;

  private Machine() {}

  static void check(Path data, Consumer<Finding> findings) {
    java(findings);
    git(findings);
    folder(data, findings);
  }

  private static void java(Consumer<Finding> findings) {
    findings.accept(
        Finding.ok(
            "Java",
            System.getProperty("java.version") + " (" + System.getProperty("java.home") + ")"));
  }

  private static void git(Consumer<Finding> findings) {
    try {
      Process process = new ProcessBuilder(List.of("git", "--version")).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(GIT_LIMIT_SECONDS, TimeUnit.SECONDS);
      findings.accept(Finding.ok("git", said.strip().replaceFirst("^git version ", "")));
    } catch (IOException e) {
      findings.accept(
          Finding.mend(
              "git",
              "there is no git in PATH",
              "Install git: merged pull requests are read with it."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void folder(Path data, Consumer<Finding> findings) {
    Path nearest = data;
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
      findings.accept(
          Finding.mend(
              "data",
              data + ": " + nearest + " cannot be written",
              "Give this user the folder, or name another with --data."));
      return;
    }
    try {
      long free = Files.getFileStore(nearest).getUsableSpace();
      String text =
          data
              + (Files.exists(data) ? "" : " (not made yet)")
              + ", "
              + (free >> 20)
              + " MiB free on its disk";
      findings.accept(
          free >= LEAST_FREE_BYTES
              ? Finding.ok("data", text)
              : Finding.mend(
                  "data", text, "Make room: a full disk makes the receiver refuse what arrives."));
    } catch (IOException e) {
      findings.accept(
          Finding.mend("data", data + ": " + e.getMessage(), "Look at the disk it lies on."));
    }
  }
}

package dev.assay.web.doctor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The folders that Claude Code writes its transcripts to. */
final class ClaudeHomes {
  private final Map<String, String> environment;

  ClaudeHomes(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The named ones, else those where Claude Code looks. */
  List<Path> folders(List<Path> named) {
    if (!named.isEmpty()) {
      return named;
    }
    String configured = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
    if (!configured.isBlank()) {
      return List.of(Path.of(configured));
    }
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = xdg.isBlank() ? home.resolve(".config") : Path.of(xdg);
    return List.of(home.resolve(".claude"), config.resolve("claude"));
  }

  void check(List<Path> named, Consumer<Finding> findings) {
    int transcripts = 0;
    for (Path folder : folders(named)) {
      if (!Files.isDirectory(folder)) {
        if (named.contains(folder)) {
          findings.accept(
              Finding.mend(
                  "Claude Code", "there is no folder " + folder, "Correct --claude-home."));
        }
        continue;
      }
      transcripts += check(folder, findings);
    }
    if (transcripts == 0) {
      findings.accept(
          Finding.mend(
              "Claude Code",
              "no transcript in " + folders(named),
              "Use Claude Code once, or name its folder with --claude-home."));
    }
    if (!environment.getOrDefault("CLAUDE_CODE_SKIP_PROMPT_HISTORY", "").isBlank()) {
      findings.accept(
          Finding.mend(
              "Claude Code",
              "CLAUDE_CODE_SKIP_PROMPT_HISTORY is set: sessions leave no transcript",
              "Unset it, or rely on native telemetry alone."));
    }
  }

  private static int check(Path folder, Consumer<Finding> findings) {
    Transcripts found = new Transcripts();
    try {
      Path projects = folder.resolve("projects");
      if (Files.isDirectory(projects)) {
        Files.walkFileTree(projects, found);
      }
    } catch (IOException e) {
      found.unreadable.add(folder);
    }
    String text = folder + ": " + found.count + " transcripts";
    FileTime newest = found.newest;
    findings.accept(
        Finding.ok(
            "Claude Code", newest == null ? text : text + ", the newest of " + newest.toInstant()));
    for (Path unreadable : found.unreadable) {
      findings.accept(
          Finding.mend(
              "Claude Code",
              unreadable + " cannot be read",
              "Give this user the right to read it; the sessions inside are missing."));
    }
    return found.count;
  }

  private static final class Transcripts extends SimpleFileVisitor<Path> {
    private final List<Path> unreadable = new ArrayList<>();
    private int count;
    private @Nullable FileTime newest;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(".jsonl")) {
        count++;
        FileTime before = newest;
        if (before == null || attributes.lastModifiedTime().compareTo(before) > 0) {
          newest = attributes.lastModifiedTime();
        }
        if (!Files.isReadable(file)) {
          unreadable.add(file);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      unreadable.add(file);
      return FileVisitResult.CONTINUE;
    }
  }
}

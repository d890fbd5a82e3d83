package dev.assay.agent.capture;

import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds transcripts: all {@code *.jsonl} under {@code projects} of a {@code .claude} folder, except
 * the journals of workflows. A session's own file comes before those of its subagents.
 */
final class TranscriptFinder {
  private static final String SUFFIX = ".jsonl";

  private final List<Path> homes;
  private final Complaints complaints;

  /** {@code projects} and the folders in it, with the times when a name in them changed. */
  private final Map<Path, FileTime> folders = new HashMap<>();

  TranscriptFinder(List<Path> homes, Complaints complaints) {
    this.homes = List.copyOf(homes);
    this.complaints = complaints;
  }

  List<TranscriptFile> find() {
    List<TranscriptFile> found = new ArrayList<>();
    folders.clear();
    for (Path projects : projectFolders()) {
      walk(projects, found);
    }
    found.sort(
        Comparator.comparing(TranscriptFile::own)
            .reversed()
            .thenComparing(file -> file.path().toString()));
    return found;
  }

  /** Whether a project or a session may have come or gone since {@link #find}. */
  boolean foldersChanged() {
    for (Map.Entry<Path, FileTime> folder : folders.entrySet()) {
      try {
        if (!Files.getLastModifiedTime(folder.getKey()).equals(folder.getValue())) {
          return true;
        }
      } catch (IOException gone) {
        return true;
      }
    }
    return false;
  }

  /** Two homes that are one folder (a symbolic link) are read once. */
  private Set<Path> projectFolders() {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path home : homes) {
      Path projects = home.resolve("projects");
      if (!Files.isDirectory(projects)) {
        String what = Files.isDirectory(home) ? "has no folder 'projects' yet" : "is no folder";
        complaints.add("home-missing", home.toString(), home + " " + what);
        continue;
      }
      try {
        folders.add(projects.toRealPath());
      } catch (IOException unreadable) {
        complaints.add("folder-unreadable", projects.toString(), projects + ": " + unreadable);
      }
    }
    return folders;
  }

  private void walk(Path projects, List<TranscriptFile> found) {
    try {
      Files.walkFileTree(
          projects,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (folder.getNameCount() <= projects.getNameCount() + 1) {
                folders.put(folder, attributes.lastModifiedTime());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && isTranscript(path)) {
                found.add(of(path, attributes));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) {
              unreadable(path, failure);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
              if (failure != null) {
                unreadable(folder, failure);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      unreadable(projects, failure);
    }
  }

  private void unreadable(Path path, IOException failure) {
    complaints.add("folder-unreadable", path.toString(), "cannot read " + path + ": " + failure);
  }

  private static boolean isTranscript(Path path) {
    Path name = path.getFileName();
    return name != null
        && name.toString().endsWith(SUFFIX)
        && !name.toString().equals("journal.jsonl");
  }

  static TranscriptFile of(Path path, BasicFileAttributes attributes) {
    String name = String.valueOf(path.getFileName());
    String stem = name.substring(0, name.length() - SUFFIX.length());
    String session = stem;
    boolean own = !stem.startsWith("agent-");
    for (int i = path.getNameCount() - 2; i > 0; i--) {
      if (path.getName(i).toString().equals("subagents")) {
        session = path.getName(i - 1).toString();
        own = false;
        break;
      }
    }
    Object key = attributes.fileKey();
    return new TranscriptFile(
        path,
        session,
        own,
        attributes.size(),
        attributes.lastModifiedTime().toMillis(),
        key == null ? "" : key.toString());
  }
}

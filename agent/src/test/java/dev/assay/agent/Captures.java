package dev.assay.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real client's transcripts, laid out as the client lays them out. */
final class Captures {
  static final Path ROOT =
      Path.of(System.getProperty("assay.testdata", "../testdata")).resolve("captures");

  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");

  private Captures() {}

  static String transcript(String client, String run) {
    try {
      return Files.readString(ROOT.resolve(client).resolve(run).resolve("transcript.jsonl"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  static String sessionOf(String transcript) {
    Matcher session = SESSION.matcher(transcript);
    if (!session.find()) {
      throw new IllegalArgumentException("a transcript without a session");
    }
    return session.group(1);
  }

  /** Puts a transcript into a {@code .claude} folder. */
  static Path install(Path home, String transcript) throws IOException {
    Path folder = Files.createDirectories(home.resolve("projects").resolve("-project"));
    return Files.writeString(folder.resolve(sessionOf(transcript) + ".jsonl"), transcript);
  }

  /** Makes a checkout of a folder, with a remote. */
  static void git(Path folder, String... arguments) {
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(arguments) + ": " + output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** A checkout with a remote, an author and a first commit. */
  static Path checkout(Path folder, String remote) {
    git(folder, "init", "-q", "-b", "main");
    git(folder, "config", "user.email", "dev@example.com");
    git(folder, "config", "user.name", "Dev");
    git(folder, "remote", "add", "origin", remote);
    git(folder, "commit", "-q", "--allow-empty", "-m", "begin");
    return folder;
  }
}

package dev.assay.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
}

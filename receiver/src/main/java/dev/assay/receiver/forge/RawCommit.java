package dev.assay.receiver.forge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A commit object as it is stored. */
final class RawCommit {
  private static final Pattern PERSON = Pattern.compile("(.*?) ?<([^>]*)> (-?\\d{1,12}) [-+]\\d+");

  private RawCommit() {}

  static Commit parse(String id, byte[] content) throws GitException {
    String text = new String(content, StandardCharsets.UTF_8);
    int end = text.indexOf("\n\n");
    String header = end < 0 ? text : text.substring(0, end);
    List<String> parents = new ArrayList<>();
    String author = "";
    String email = "";
    Instant time = Instant.EPOCH;
    for (String line : header.split("\n", -1)) {
      if (line.startsWith("parent ")) {
        parents.add(line.substring("parent ".length()));
      }
      boolean isAuthor = line.startsWith("author ");
      if (isAuthor || line.startsWith("committer ")) {
        Matcher person = PERSON.matcher(line.substring(line.indexOf(' ') + 1));
        if (!person.matches()) {
          throw new GitException("commit " + id + " has an unreadable line: " + line);
        }
        author = isAuthor ? person.group(1) : author;
        email = isAuthor ? person.group(2) : email;
        time = Instant.ofEpochSecond(Long.parseLong(person.group(3)));
      }
    }
    return new Commit(id, parents, time, author, email, end < 0 ? "" : text.substring(end + 2));
  }
}

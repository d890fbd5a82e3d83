package dev.assay.receiver.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The tokens' file: a line for each, tab between its fields; lines that begin with {@code #} say
 * nothing. It holds no token, only hashes, and is its owner's alone.
 */
public final class TokenFile {
  /** A team may have several; nobody has more teams. */
  static final int LIMIT_TOKENS = 10_000;

  static final int LIMIT_BYTES = 4 << 20;

  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final String PREFIX = "assay_";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;

  /** The file need not be there. */
  public TokenFile(Path file) {
    this.file = file;
  }

  /**
   * All tokens.
   *
   * @throws IOException where the file cannot be read or a line is wrong; names the file and the
   *     line, never its content
   */
  public List<TokenEntry> read() throws IOException {
    if (Files.size(file) > LIMIT_BYTES) {
      throw new IOException(file + " is larger than " + LIMIT_BYTES + " bytes");
    }
    List<TokenEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        entries.add(TokenEntry.of(line));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
      }
    }
    if (entries.size() > LIMIT_TOKENS) {
      throw new IOException(file + " has more than " + LIMIT_TOKENS + " tokens");
    }
    return entries;
  }

  /**
   * Makes a token; it is told here and never again.
   *
   * @throws IOException where the file cannot be read or written
   */
  public Created create(String team, Set<Scope> scopes, Instant now) throws IOException {
    String token =
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random(TOKEN_BYTES));
    TokenEntry entry =
        new TokenEntry(
            HexFormat.of().formatHex(random(ID_BYTES)),
            team,
            scopes,
            HexFormat.of().formatHex(sha256(token)),
            now);
    List<TokenEntry> all = new ArrayList<>(Files.exists(file) ? read() : List.of());
    all.add(entry);
    write(all);
    return new Created(entry, token);
  }

  /**
   * Takes a token away; a server that runs on the file hears of it within a second.
   *
   * @return whether there was one of this id
   */
  public boolean revoke(String id) throws IOException {
    List<TokenEntry> all = new ArrayList<>(read());
    boolean there = all.removeIf(entry -> entry.id().equals(id));
    if (there) {
      write(all);
    }
    return there;
  }

  private void write(List<TokenEntry> entries) throws IOException {
    if (entries.size() > LIMIT_TOKENS) {
      throw new IOException(file + " would have more than " + LIMIT_TOKENS + " tokens");
    }
    StringBuilder text = new StringBuilder("# id, team, scopes, SHA-256 of the token, created\n");
    entries.forEach(entry -> text.append(entry.line()).append('\n'));
    Path whole = file.toAbsolutePath();
    Path unfinished = whole.resolveSibling(whole.getFileName() + ".unfinished");
    try {
      // Two commands at once would lose one's work: who comes second is told.
      Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          unfinished + " is there: another command is at work, or died; remove it then", e);
    }
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  /**
   * A new token.
   *
   * @param token the secret itself
   */
  public record Created(TokenEntry entry, String token) {
    @Override
    public String toString() {
      return "token " + entry.id();
    }
  }
}

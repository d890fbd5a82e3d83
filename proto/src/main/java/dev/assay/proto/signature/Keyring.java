package dev.assay.proto.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an organisation: the first signs, all of them open. A key file has a key in a line,
 * 64 hexadecimal digits; empty lines and lines that begin with {@code #} say nothing. It belongs to
 * its owner alone and lies outside the data directory, so that neither a copy of that directory nor
 * another user of the machine has it.
 */
public final class Keyring {
  /** More keys than this in one file are a mistake. */
  public static final int LIMIT_KEYS = 16;

  private static final Keyring EMPTY = new Keyring(List.of());
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final String HOW = " Make one with: (umask 077; openssl rand -hex 32 > FILE)";

  private final List<SigningKey> keys;

  private Keyring(List<SigningKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** No key: nothing can be signed, and nothing signed can be judged. */
  public static Keyring empty() {
    return EMPTY;
  }

  /** Makes a key that nobody else has, in a file of its owner's alone that was not there before. */
  public static void make(Path file) throws IOException {
    byte[] key = new byte[SigningKey.SIZE];
    new SecureRandom().nextBytes(key);
    boolean posix = Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
    FileAttribute<?>[] mode =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OF_THE_OWNER)}
            : new FileAttribute<?>[0];
    Files.createFile(file, mode);
    Files.writeString(file, HexFormat.of().formatHex(key) + "\n");
  }

  /**
   * Reads a key file.
   *
   * @param data the data directory, which must not hold it; null where there is none
   */
  public static Keyring read(Path file, @Nullable Path data) throws KeyFileException {
    List<String> lines;
    try {
      Path real = file.toRealPath();
      if (data != null && Files.exists(data) && real.startsWith(data.toRealPath())) {
        throw new KeyFileException(
            "key file "
                + file
                + " lies in the data directory "
                + data
                + ": keep it elsewhere, so"
                + " that no copy of the data has it.");
      }
      if (Files.getFileStore(real).supportsFileAttributeView("posix")
          && !OF_THE_OWNER.containsAll(Files.getPosixFilePermissions(real))) {
        throw new KeyFileException("key file " + file + " can be read by others: chmod 600 it.");
      }
      lines = Files.readAllLines(real);
    } catch (IOException e) {
      throw new KeyFileException("key file " + file + " cannot be read (" + e + ")." + HOW);
    }
    return new Keyring(keys(file, lines));
  }

  private static List<SigningKey> keys(Path file, List<String> lines) throws KeyFileException {
    List<SigningKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!line.matches("[0-9a-fA-F]{" + 2 * SigningKey.SIZE + "}")) {
        throw new KeyFileException(
            "key file " + file + ", line " + (i + 1) + ": not 64 hexadecimal digits.");
      }
      keys.add(new SigningKey(HexFormat.of().parseHex(line)));
    }
    if (keys.isEmpty() || keys.size() > LIMIT_KEYS) {
      throw new KeyFileException(
          "key file " + file + " has " + keys.size() + " keys, not 1 to " + LIMIT_KEYS + "." + HOW);
    }
    return keys;
  }

  /** All keys, the one that signs first. */
  public List<SigningKey> keys() {
    return keys;
  }

  /** The key that signs. */
  public SigningKey first() {
    if (keys.isEmpty()) {
      throw new IllegalStateException("no key");
    }
    return keys.get(0);
  }

  /**
   * The key with this id.
   *
   * @throws UnreadableLinesException where it is not there
   */
  public SigningKey withId(int id) {
    for (SigningKey key : keys) {
      if (key.id() == id) {
        return key;
      }
    }
    throw new UnreadableLinesException(
        "lines are signed with key "
            + SigningKey.shown(id)
            + ", which "
            + (keys.isEmpty() ? "this server has no key file for" : "is not in the key file"));
  }
}

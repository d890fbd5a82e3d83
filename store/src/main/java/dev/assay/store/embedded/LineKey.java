package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Hashes of the line index. They are cut from SHA-256: nobody can make two lines collide on
 * purpose, and at 128 bits no two of a store do by chance. Not safe for use by several threads.
 */
final class LineKey {
  /** Bytes of the hash of a repository and a normalised line. */
  static final int SIZE = 16;

  private final MessageDigest digest = sha256();

  /** The key of a line of a repository. */
  byte[] of(String repository, String normalisedLine) {
    digest.update(repository.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return Arrays.copyOf(digest.digest(normalisedLine.getBytes(StandardCharsets.UTF_8)), SIZE);
  }

  /** The 64 bits that stand for an edit in a posting; never 0. */
  static long ofEdit(String toolUseId) {
    long hash =
        ByteBuffer.wrap(sha256().digest(toolUseId.getBytes(StandardCharsets.UTF_8))).getLong();
    return hash == 0 ? 1 : hash;
  }

  /** The 64 bits that stand for a file of a repository; never 0. */
  static long ofFile(String repository, String path) {
    MessageDigest digest = sha256();
    digest.update(repository.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 1);
    long hash = ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8))).getLong();
    return hash == 0 ? 1 : hash;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

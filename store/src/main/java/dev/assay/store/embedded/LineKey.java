package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes of the line index. They are cut from SHA-256: nobody can make two lines collide on
 * purpose, and at 128 bits no two of a store do by chance.
 */
final class LineKey {
  private LineKey() {}

  /** The 64 bits that stand for an edit in a posting. */
  static long ofEdit(String toolUseId) {
    return ByteBuffer.wrap(sha256().digest(toolUseId.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/**
 * Hashes of the line index. They are cut from SHA-256: nobody can make two lines collide on
 * purpose, and at 96 bits no two of a store do by chance; if they did, the line's text would tell.
 * Not safe for use by several threads.
 */
final class LineKey {
  /** To look one up costs more than to hash an id. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(LineKey::sha256);

  private final MessageDigest digest = sha256();
  private String lastRepository = "";

  /** What is hashed before a line of that repository. */
  private byte[] before = {0};

  /** The key of a line of a repository. */
  HashFile.Key of(String repository, String normalisedLine) {
    if (!repository.equals(lastRepository)) { // lines come by the file
      lastRepository = repository;
      before = (repository + '\0').getBytes(StandardCharsets.UTF_8);
    }
    digest.update(before);
    ByteBuffer hash =
        ByteBuffer.wrap(digest.digest(normalisedLine.getBytes(StandardCharsets.UTF_8)));
    return new HashFile.Key(notZero(hash.getLong()), hash.getInt());
  }

  /** The 64 bits that stand for an edit in a posting; never 0. */
  static long ofEdit(String toolUseId) {
    return notZero(
        ByteBuffer.wrap(SHA_256.get().digest(toolUseId.getBytes(StandardCharsets.UTF_8)))
            .getLong());
  }

  /** The same of each. */
  static long[] ofEdits(Collection<String> toolUseIds) {
    return toolUseIds.stream().mapToLong(LineKey::ofEdit).toArray();
  }

  /** The 64 bits that stand for a file of a repository; never 0. */
  static long ofFile(String repository, String path) {
    MessageDigest digest = SHA_256.get();
    digest.update(repository.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 1);
    return notZero(ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8))).getLong());
  }

  private static long notZero(long hash) {
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

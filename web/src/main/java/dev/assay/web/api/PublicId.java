package dev.assay.web.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The ids of pull requests in URLs: opaque to callers, stable, and free of the slashes and the
 * number sign of the readable key.
 */
final class PublicId {
  private PublicId() {}

  static String of(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The key; empty for what is none of our ids. */
  static Optional<String> key(String id) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id));
      String key = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return of(key).equals(id) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

package dev.assay.proto.signature;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes: compressed, padded, AES-256-GCM. The nonce is a keyed hash of what is sealed, so
 * that the same content gives the same box: an edit that is read twice stays one.
 */
final class Box {
  /** What a box holds is padded to a multiple of this. */
  static final int PADDING_BYTES = 64;

  /** More than any part of an edit can become. */
  static final int LIMIT_OPEN_BYTES = 64 << 20;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final KeyedHash nonces;

  Box(KeyedHash root) {
    this.key = new SecretKeySpec(root.derived("assay v1 sealing"), "AES");
    this.nonces = new KeyedHash(root.derived("assay v1 nonces"));
  }

  /**
   * Closes a box.
   *
   * @param beside what lies beside the box and must not be changed either
   */
  byte[] seal(byte[] content, byte[] beside) {
    byte[] padded = padded(deflated(content));
    byte[] nonce = Arrays.copyOf(nonces.of(beside, padded), NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, beside).doFinal(padded);
      byte[] box = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, box, NONCE_BYTES, sealed.length);
      return box;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  byte[] open(byte[] box, byte[] beside) {
    if (box.length <= NONCE_BYTES) {
      throw new UnreadableLinesException("signed lines are cut off");
    }
    try {
      byte[] nonce = Arrays.copyOf(box, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, beside);
      return inflated(cipher.doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES));
    } catch (GeneralSecurityException | DataFormatException e) {
      throw new UnreadableLinesException("signed lines were changed, or signed with another key");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] beside) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(beside);
    return cipher;
  }

  private static byte[] padded(byte[] bytes) {
    int size = (bytes.length + PADDING_BYTES - 1) / PADDING_BYTES * PADDING_BYTES;
    return Arrays.copyOf(bytes, size); // what follows the compressed bytes is not read
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] some = new byte[8192];
      while (!deflater.finished()) {
        out.write(some, 0, deflater.deflate(some));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflated(byte[] bytes) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] some = new byte[8192];
      while (!inflater.finished()) {
        int count = inflater.inflate(some);
        if (count == 0 || out.size() > LIMIT_OPEN_BYTES) {
          throw new DataFormatException("cut off, or too large");
        }
        out.write(some, 0, count);
      }
      return out.toByteArray();
    } finally {
      inflater.end();
    }
  }
}

package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.LongStream;

/**
 * Which keys of a kind of fact may be stored: a set of 63-bit hashes in memory, 11 to 16 bytes a
 * key. What is not in it is certainly new and need not be looked for in the database; what is in it
 * may be there. Until it has learnt what an earlier process stored, every key may be. May be used
 * by any thread.
 */
final class StoredKeys {
  /** The same hash in the database, of a column that {@code %s} names. */
  static final String SQL_HASH = "(md5_number_lower(%s) >> 1)::BIGINT";

  private static final int FIRST_PLACES = 1 << 10;

  private final MessageDigest md5 = md5();

  /** Open addressing; 0 is a free place. */
  private long[] places = new long[FIRST_PLACES];

  private int used;
  private boolean whole;

  /** What keys go by here; never 0. */
  synchronized long hash(String key) {
    byte[] digest = md5.digest(key.getBytes(StandardCharsets.UTF_8));
    long hash = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong(Long.BYTES) >>> 1;
    return hash == 0 ? 1 : hash;
  }

  /** Learns of one more key that is stored, by its hash. */
  synchronized void add(long hash) {
    put(hash);
  }

  /** Learns of more of them. */
  synchronized void addAll(LongStream hashes) {
    hashes.forEach(this::put);
  }

  /** Whether the key of this hash may be stored; false only where it certainly is not. */
  synchronized boolean mayHold(long hash) {
    return !whole || holds(hash);
  }

  /** Says whether it knows of every key that is stored. */
  synchronized void whole(boolean known) {
    whole = known;
  }

  synchronized boolean whole() {
    return whole;
  }

  /** How many it knows. */
  synchronized int size() {
    return used;
  }

  private boolean holds(long hash) {
    return places[place(hash)] == hash;
  }

  private void put(long hash) {
    int place = place(hash);
    if (places[place] == hash) {
      return;
    }
    places[place] = hash;
    used++;
    if (used > places.length / 4 * 3) {
      grow();
    }
  }

  private void grow() {
    long[] old = places;
    places = new long[(int) Math.min(Integer.MAX_VALUE - 8L, old.length + old.length / 2L)];
    for (long hash : old) {
      if (hash != 0) {
        places[place(hash)] = hash;
      }
    }
  }

  /** Where the hash stands, or the free place where it would. */
  private int place(long hash) {
    int place = (int) Math.multiplyHigh(hash, (long) places.length << 1);
    while (places[place] != 0 && places[place] != hash) {
      place = place + 1 == places.length ? 0 : place + 1;
    }
    return place;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}

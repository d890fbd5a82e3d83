package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys of a kind of fact may be stored: of their hashes 44 bits, in memory, 5 to 7 bytes a
 * key. What is not in it is certainly new and need not be looked for in the database; what is in it
 * may be there: of a billion keys each new one is taken for a stored one once in 17,000 times, and
 * looked for. Until it has learnt what an earlier process stored, every key may be; and for good,
 * where there is no room for more. May be used by any thread.
 *
 * <p>It grows in many small pieces: a single one would need, when it grows, as much again at once,
 * of a heap that may have it only in parts.
 */
final class StoredKeys {
  /** The same hash in the database, of a column that {@code %s} names. */
  static final String SQL_HASH = "(md5_number_lower(%s) >> 1)::BIGINT";

  private static final Logger log = LoggerFactory.getLogger(StoredKeys.class);
  private static final int HASH_BITS = Long.SIZE - 1;

  /** The first bits of a hash tell its piece, the next 32 are kept in it. */
  private static final int PIECE_BITS = 12;

  /** Of a piece; of each some more, or all would grow at the same number of keys. */
  private static final int FIRST_PLACES = 8;

  private final MessageDigest md5 = md5();
  private final String table;
  private final KeyRoom room;

  /** Each with open addressing; 0 is a free place. */
  private int[][] pieces = new int[1 << PIECE_BITS][];

  private final int[] taken = new int[1 << PIECE_BITS];
  private int used;
  private long bytes;
  private boolean whole;
  private boolean abandoned;

  /**
   * @param table whose keys they are
   * @param room of all kinds
   */
  StoredKeys(String table, KeyRoom room) {
    this.table = table;
    this.room = room;
  }

  /** What keys go by here, 63 bits. */
  synchronized long hash(String key) {
    byte[] digest = md5.digest(key.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong(Long.BYTES) >>> 1;
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
    whole = known && !abandoned;
  }

  synchronized boolean whole() {
    return whole;
  }

  /** Whether there was no room for more, and every key may be stored from then on. */
  synchronized boolean abandoned() {
    return abandoned;
  }

  /** How many it knows. */
  synchronized int size() {
    return used;
  }

  private static int piece(long hash) {
    return (int) (hash >>> (HASH_BITS - PIECE_BITS));
  }

  private static int kept(long hash) {
    int kept = (int) (hash >>> (HASH_BITS - PIECE_BITS - Integer.SIZE));
    return kept == 0 ? 1 : kept;
  }

  private boolean holds(long hash) {
    int[] places = pieces[piece(hash)];
    int kept = kept(hash);
    return places != null && places[place(places, kept)] == kept;
  }

  private void put(long hash) {
    int piece = piece(hash);
    if (abandoned || holds(hash) || (isFull(piece) && !grow(piece))) {
      return;
    }
    int[] places = pieces[piece];
    int kept = kept(hash);
    places[place(places, kept)] = kept;
    taken[piece]++;
    used++;
  }

  private boolean isFull(int piece) {
    return pieces[piece] == null || taken[piece] >= pieces[piece].length - pieces[piece].length / 4;
  }

  /** False where there is no room. */
  private boolean grow(int piece) {
    int[] old = pieces[piece] == null ? new int[0] : pieces[piece];
    int first = FIRST_PLACES + piece % FIRST_PLACES;
    int[] grown = new int[Math.max(first, old.length + old.length / 4)];
    long more = (grown.length - old.length) * (long) Integer.BYTES;
    if (!room.enter(more)) {
      abandon();
      return false;
    }
    bytes += more;
    for (int kept : old) {
      if (kept != 0) {
        grown[place(grown, kept)] = kept;
      }
    }
    pieces[piece] = grown;
    return true;
  }

  private void abandon() {
    log.warn(
        "The {} keys of {} need more than a third of the heap beside the others, and are not held"
            + " in memory any more: each transaction asks the database which are new. A larger"
            + " -Xmx in ASSAY_SERVER_JAVA_OPTS, and a restart, mend that",
        used,
        table);
    abandoned = true;
    whole = false;
    pieces = new int[0][];
    used = 0;
    room.leave(bytes);
    bytes = 0;
  }

  /** Where it stands, or the free place where it would. */
  private static int place(int[] places, int kept) {
    int place = (int) ((Integer.toUnsignedLong(kept) * places.length) >>> Integer.SIZE);
    while (places[place] != 0 && places[place] != kept) {
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

package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;

/**
 * A hash table in a file: for each key its few greatest values, whatever the order in which they
 * come. Extendible hashing: the first bits of a key lead to a page, and a page that is full is
 * parted in two, so that the file grows a page at a time and any key is found in one page. Which
 * bits lead to which page is known in memory, about fifteen bytes a page, and told by the pages
 * themselves. Keys must be evenly spread, as hashes are. One thread writes, any reads.
 *
 * <p>What is added waits in memory until there are many values for a page. Then some pages that lie
 * side by side get theirs and are brought to disk at once: were it left to the kernel, that would
 * find all pages changed each half a minute, and a commit would wait until it has written them.
 */
final class HashFile implements AutoCloseable {
  /** Most pages of a file: 16 GiB, some 400 million values. */
  static final int LIMIT_PAGES = 1 << 22;

  /** So many bits of a key at most lead to its page. */
  private static final int LIMIT_DEPTH = 24;

  // A page: its checksum, prefix, depth, how many places are taken, format; then places.
  private static final int PREFIX = Integer.BYTES;
  private static final int DEPTH = PREFIX + Integer.BYTES;
  private static final int TAKEN = DEPTH + Short.BYTES;
  private static final int FORMAT = TAKEN + Short.BYTES;
  private static final int PLACES_FROM = FORMAT + Integer.BYTES;

  /** "ALI" and the version of the format. */
  private static final int FORMAT_IS = 0x414c4904;

  // A place: the key and the value.
  private static final int KEY_LOW = Long.BYTES;
  private static final int VALUE_HIGH = KEY_LOW + Integer.BYTES;
  private static final int VALUE_LOW = VALUE_HIGH + Integer.BYTES;
  private static final int PLACE_BYTES = VALUE_LOW + Long.BYTES;
  private static final int PLACES = (PageFile.PAGE_BYTES - PLACES_FROM) / PLACE_BYTES;

  /** A page with so many taken places is parted: fuller ones are slow to search. */
  private static final int FULL = PLACES * 7 / 8;

  /** So many pages get their values at once: a mebibyte. */
  private static final int PAGES_AT_ONCE = 256;

  /** Values wait until there are so many for a page on average; it gets twice as many at once. */
  private static final int PENDING_OF_PAGE = 16;

  private static final int LEAST_PENDING = PENDING_OF_PAGE * PAGES_AT_ONCE;

  /**
   * Where pages get fewer values than that at once, it is left to the kernel when they are written:
   * for so large a table it gathers more changes than we do.
   */
  private static final int LEAST_FORCED = 4 * PAGES_AT_ONCE;

  /** So many longs of an answer are one value. */
  static final int VALUE_LONGS = 2;

  /** 96 bits of a hash; {@code high} is never 0. */
  record Key(long high, int low) {}

  /** How much is in it. */
  record Size(int pages, long keys, long values) {}

  private final Path path;
  private final PageFile file;
  private final int limitValues;
  private final int limitPages;
  private final StampedLock lock = new StampedLock();
  private final ByteBuffer parted =
      ByteBuffer.allocate(PageFile.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** The page of each prefix; a power of two, at least two. */
  private int[] directory;

  private final PendingValues pending = new PendingValues();
  private final PendingRoom room;

  /** Whether it has a share of the room. */
  private boolean waiting;

  /** How many values waited when it was asked last how many may. */
  private int waitedBefore;

  /** The page that is next to get its values. */
  private int sweep;

  private long keys;
  private long values;

  private HashFile(
      Path path,
      PageFile file,
      int limitValues,
      int limitPages,
      int[] directory,
      PendingRoom room) {
    this.path = path;
    this.room = room;
    this.file = file;
    this.limitValues = limitValues;
    this.limitPages = limitPages;
    this.directory = directory;
  }

  /**
   * Begins one; what was there is gone.
   *
   * @param limitValues how many values of a key are kept
   * @param room of all tables that the same thread writes
   */
  static HashFile create(Path path, int limitValues, PendingRoom room) throws IOException {
    return create(path, limitValues, LIMIT_PAGES, room);
  }

  static HashFile create(Path path, int limitValues, int limitPages, PendingRoom room)
      throws IOException {
    PageFile file = PageFile.create(path);
    try {
      HashFile created = new HashFile(path, file, limitValues, limitPages, new int[] {0, 1}, room);
      for (int prefix = 0; prefix < 2; prefix++) {
        created.head(file.append(), prefix, 1);
      }
      return created;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens what was forced when it had this size.
   *
   * @throws IOException where it is damaged
   */
  static HashFile open(Path path, int limitValues, Size size, PendingRoom room) throws IOException {
    if (size.pages() < 2 || size.pages() > LIMIT_PAGES) {
      throw new IOException(path + " cannot have " + size.pages() + " pages");
    }
    int[] prefixes = new int[size.pages()];
    byte[] depths = new byte[size.pages()];
    long[] taken = new long[1];
    PageFile file =
        PageFile.open(
            path,
            size.pages(),
            (page, bytes) -> {
              prefixes[page] = bytes.getInt(PREFIX);
              depths[page] = (byte) bytes.getShort(DEPTH);
              taken[0] += bytes.getShort(TAKEN);
              return bytes.getInt(FORMAT) == FORMAT_IS;
            });
    try {
      if (taken[0] != size.values()) {
        throw new IOException(path + " holds " + taken[0] + " values instead of " + size.values());
      }
      int[] directory = directory(path, prefixes, depths);
      HashFile opened = new HashFile(path, file, limitValues, LIMIT_PAGES, directory, room);
      opened.keys = size.keys();
      opened.values = size.values();
      return opened;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static int[] directory(Path path, int[] prefixes, byte[] depths) throws IOException {
    int deepest = 1;
    for (byte depth : depths) {
      deepest = Math.max(deepest, depth);
    }
    if (deepest > LIMIT_DEPTH) {
      throw new IOException(path + " is damaged: a page of depth " + deepest);
    }
    int[] directory = new int[1 << deepest];
    Arrays.fill(directory, -1);
    int known = 0;
    for (int page = 0; page < prefixes.length; page++) {
      int width = deepest - depths[page];
      long from = (long) prefixes[page] << width;
      if (depths[page] < 1 || from < 0 || from >= directory.length || directory[(int) from] >= 0) {
        throw new IOException(path + " is damaged: page " + page + " has another's place");
      }
      Arrays.fill(directory, (int) from, (int) from + (1 << width), page);
      known += 1 << width;
    }
    if (known != directory.length) {
      throw new IOException(path + " is damaged: it lacks pages");
    }
    return directory;
  }

  /**
   * The values of a key, each in {@link #VALUE_LONGS} longs, in no order.
   *
   * @param into with room for as many as are kept
   * @return how many there are
   */
  int find(Key key, long[] into) {
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      int found = read(key, into);
      if (lock.validate(stamp)) {
        return found;
      }
    }
    stamp = lock.readLock();
    try {
      return read(key, into);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private int read(Key key, long[] into) {
    int page = page(key.high());
    ByteBuffer bytes = file.atIfThere(page);
    if (bytes == null) {
      return 0; // only where the writer was at it, and then it is read again
    }
    int found = inPage(bytes, PageFile.offset(page) + PLACES_FROM, key, into);
    return pending.find(page, key, into, found, limitValues);
  }

  private int inPage(ByteBuffer bytes, int from, Key key, long[] into) {
    int place = firstPlace(key.high());
    int found = 0;
    for (int seen = 0; seen < PLACES && found < limitValues; seen++) {
      int at = from + place * PLACE_BYTES;
      long high = bytes.getLong(at);
      if (high == 0) {
        break;
      }
      if (high == key.high() && bytes.getInt(at + KEY_LOW) == key.low()) {
        into[found * VALUE_LONGS] = Integer.toUnsignedLong(bytes.getInt(at + VALUE_HIGH));
        into[found * VALUE_LONGS + 1] = bytes.getLong(at + VALUE_LOW);
        found++;
      }
      place = next(place);
    }
    return found;
  }

  private int page(long high) {
    int[] pages = directory;
    return pages[(int) (high >>> (Long.SIZE - Integer.numberOfTrailingZeros(pages.length)))];
  }

  /** By the last bits of what leads to the page by its first. */
  private static int firstPlace(long high) {
    return (int) (((high & 0xffff_ffffL) * PLACES) >>> Integer.SIZE);
  }

  private static int next(int place) {
    return place + 1 == PLACES ? 0 : place + 1;
  }

  /**
   * Adds a value, unsigned. Of too many the least goes; one that is there stays once.
   *
   * @throws IOException where there is no room on the disk, or the file has its limit of pages
   */
  void add(Key key, int valueHigh, long valueLow) throws IOException {
    if (!waiting) {
      waiting = true;
      room.enter();
    }
    if (pending.count() >= limitPending() && enterSome() >= LEAST_FORCED) {
      file.force(); // nobody who reads looks at the checksums that this writes
    }
    long stamp = lock.writeLock();
    try {
      int page = page(key.high());
      if (pending.add(page, key, valueHigh, valueLow) >= PendingValues.LIMIT_CHAIN) {
        enter(page);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private int limitPending() {
    int share = room.share(waitedBefore, pending.count());
    waitedBefore = pending.count();
    return Math.max(LEAST_PENDING, Math.min(share, file.count() * PENDING_OF_PAGE));
  }

  /** The next pages get what waits for them; how many values that is. */
  private int enterSome() throws IOException {
    int before = pending.count();
    int first = sweep < file.count() ? sweep : 0;
    sweep = Math.min(first + PAGES_AT_ONCE, file.count());
    for (int page = first; page < sweep; page++) {
      long stamp = lock.writeLock();
      try {
        enter(page);
      } finally {
        lock.unlockWrite(stamp);
      }
    }
    return before - pending.count();
  }

  private void enter(int page) throws IOException {
    pending.drain(page, this::enter);
  }

  private void enter(long keyHigh, int keyLow, int valueHigh, long valueLow) throws IOException {
    Key key = new Key(keyHigh, keyLow);
    try {
      while (!addTo(page(keyHigh), key, valueHigh, valueLow)) {
        part(page(keyHigh));
      }
    } catch (IOException e) {
      pending.add(page(keyHigh), key, valueHigh, valueLow);
      throw e;
    }
  }

  /** False where the page is full. */
  private boolean addTo(int page, Key key, int valueHigh, long valueLow) {
    ByteBuffer bytes = file.at(page);
    int from = PageFile.offset(page) + PLACES_FROM;
    int place = firstPlace(key.high());
    int found = 0;
    int least = -1;
    int at = from + place * PLACE_BYTES;
    for (long high = bytes.getLong(at); high != 0; high = bytes.getLong(at)) {
      if (high == key.high() && bytes.getInt(at + KEY_LOW) == key.low()) {
        int order = compare(bytes, at, valueHigh, valueLow);
        if (order == 0) {
          return true;
        }
        found++;
        if (least < 0
            || compare(
                    bytes, at, bytes.getInt(least + VALUE_HIGH), bytes.getLong(least + VALUE_LOW))
                < 0) {
          least = at;
        }
      }
      place = next(place);
      at = from + place * PLACE_BYTES;
    }
    if (found >= limitValues) {
      if (compare(bytes, least, valueHigh, valueLow) < 0) {
        file.change(page);
        bytes.putInt(least + VALUE_HIGH, valueHigh).putLong(least + VALUE_LOW, valueLow);
      }
      return true;
    }
    if (taken(page) == FULL) {
      return false;
    }
    file.change(page);
    bytes.putLong(at, key.high()).putInt(at + KEY_LOW, key.low());
    bytes.putInt(at + VALUE_HIGH, valueHigh).putLong(at + VALUE_LOW, valueLow);
    taken(page, taken(page) + 1);
    values++;
    if (found == 0) {
      keys++;
    }
    return true;
  }

  /** How the value of a place compares with another. */
  private static int compare(ByteBuffer bytes, int at, int valueHigh, long valueLow) {
    int order = Integer.compareUnsigned(bytes.getInt(at + VALUE_HIGH), valueHigh);
    return order != 0 ? order : Long.compareUnsigned(bytes.getLong(at + VALUE_LOW), valueLow);
  }

  private int taken(int page) {
    return file.at(page).getShort(PageFile.offset(page) + TAKEN);
  }

  private void taken(int page, int count) {
    file.at(page).putShort(PageFile.offset(page) + TAKEN, (short) count);
  }

  private void head(int page, int prefix, int depth) {
    int at = PageFile.offset(page);
    file.at(page)
        .putInt(at + PREFIX, prefix)
        .putShort(at + DEPTH, (short) depth)
        .putShort(at + TAKEN, (short) 0)
        .putInt(at + FORMAT, FORMAT_IS);
  }

  /** Parts a page in two by one bit more. */
  private void part(int page) throws IOException {
    int at = PageFile.offset(page);
    int depth = file.at(page).getShort(at + DEPTH);
    int prefix = file.at(page).getInt(at + PREFIX);
    if (depth == LIMIT_DEPTH || file.count() >= limitPages) {
      throw new IOException(path + " is full: it has " + file.count() + " pages");
    }
    int second = file.append();
    int deepest = Integer.numberOfTrailingZeros(directory.length);
    if (depth == deepest) {
      int[] twice = new int[directory.length * 2];
      for (int i = 0; i < twice.length; i++) {
        twice[i] = directory[i / 2];
      }
      directory = twice;
      deepest++;
    }
    int width = deepest - (depth + 1);
    int from = (2 * prefix + 1) << width;
    Arrays.fill(directory, from, from + (1 << width), second);
    file.change(page);
    parted.put(0, file.at(page), at, PageFile.PAGE_BYTES);
    file.at(page).put(at, new byte[PageFile.PAGE_BYTES]);
    head(page, 2 * prefix, depth + 1);
    head(second, 2 * prefix + 1, depth + 1);
    for (int place = PLACES_FROM;
        place + PLACE_BYTES <= PageFile.PAGE_BYTES;
        place += PLACE_BYTES) {
      long high = parted.getLong(place);
      if (high != 0) {
        move(place, high, ((high >>> (Long.SIZE - 1 - depth)) & 1) == 0 ? page : second);
      }
    }
    pending.part(page, second, depth);
  }

  private void move(int from, long high, int page) {
    ByteBuffer bytes = file.at(page);
    int places = PageFile.offset(page) + PLACES_FROM;
    int place = firstPlace(high);
    while (bytes.getLong(places + place * PLACE_BYTES) != 0) {
      place = next(place);
    }
    bytes.put(places + place * PLACE_BYTES, parted, from, PLACE_BYTES);
    taken(page, taken(page) + 1);
  }

  /** How many keys there are, a little more where some wait that are there already. */
  long keys() {
    return keys + pending.count();
  }

  /** 0 to 1: its share of the pages that it may have. */
  double fill() {
    return (double) file.count() / limitPages;
  }

  /** Makes the disk have it; how much that is. */
  Size force() throws IOException {
    while (pending.count() > 0) {
      if (enterSome() >= LEAST_FORCED) {
        file.force(); // in pieces, as in add: others write to the same disk
      }
    }
    nothingWaits();
    file.force();
    return new Size(file.count(), keys, values);
  }

  private void nothingWaits() {
    if (waiting) {
      waiting = false;
      pending.shrink();
      room.leave(waitedBefore);
      waitedBefore = 0;
    }
  }

  /** What waits for its page is lost. */
  @Override
  public void close() {
    nothingWaits();
    file.close();
  }
}

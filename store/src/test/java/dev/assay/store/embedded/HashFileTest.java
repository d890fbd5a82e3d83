package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashFileTest {
  private static final int LIMIT = 6;

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("some.lines");
  }

  /** As {@link HashFile} compares them: unsigned, the first before the second. */
  private record Value(int high, long low) implements Comparable<Value> {
    @Override
    public int compareTo(Value other) {
      int order = Integer.compareUnsigned(high, other.high);
      return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
  }

  private static List<Value> find(HashFile file, HashFile.Key key) {
    long[] into = new long[LIMIT * HashFile.VALUE_LONGS];
    int found = file.find(key, into);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      values.add(
          new Value((int) into[i * HashFile.VALUE_LONGS], into[i * HashFile.VALUE_LONGS + 1]));
    }
    return values;
  }

  private static HashFile.Key key(long number) {
    return new LineKey().of("github.com/acme/api", "line " + number);
  }

  @Test
  void anyValues_inAnyOrder_theGreatestStay_alsoWhenOpenedAgain() throws Exception {
    Random random = new Random(7);
    Map<HashFile.Key, TreeSet<Value>> model = new HashMap<>();
    HashFile file = HashFile.create(path(), LIMIT, new PendingRoom());
    for (int step = 0; step < 120_000; step++) {
      HashFile.Key key = key(random.nextInt(20_000));
      Value value = new Value(random.nextInt(9) - 4, random.nextInt(9) - 4);
      file.add(key, value.high(), value.low());
      TreeSet<Value> kept = model.computeIfAbsent(key, k -> new TreeSet<>());
      kept.add(value);
      if (kept.size() > LIMIT) {
        kept.pollFirst();
      }
      if (step % 40_000 == 20_000) {
        HashFile.Size size = file.force();
        file.close();
        file = HashFile.open(path(), LIMIT, size, new PendingRoom());
      }
    }
    for (Map.Entry<HashFile.Key, TreeSet<Value>> each : model.entrySet()) {
      assertThat(find(file, each.getKey())).containsExactlyInAnyOrderElementsOf(each.getValue());
    }
    assertThat(find(file, key(-1))).isEmpty();
    HashFile.Size size = file.force();
    assertThat(size.keys()).isEqualTo(model.size()).isEqualTo(file.keys());
    assertThat(size.values()).isEqualTo(model.values().stream().mapToLong(TreeSet::size).sum());
    assertThat(size.pages()).isGreaterThan(500);
    file.close();
  }

  @Test
  void whatWaits_isFoundAndCounted_beforeItIsEnteredAndAfter() throws Exception {
    try (HashFile file = HashFile.create(path(), LIMIT, new PendingRoom())) {
      for (int i = 0; i < 200_000; i++) { // a few times as many as wait at most
        file.add(key(i), 1, i + 1);
        assertThat(find(file, key(i))).containsExactly(new Value(1, i + 1));
        if (i % 1_000 == 999) {
          int before = i / 2;
          assertThat(find(file, key(before))).containsExactly(new Value(1, before + 1));
          assertThat(file.keys()).isEqualTo(i + 1);
        }
      }
      HashFile.Size size = file.force();
      assertThat(size.keys()).isEqualTo(200_000).isEqualTo(size.values());
    }
  }

  @Test
  void tablesOfOneRoom_shareIt_andGiveItBack() throws Exception {
    int half = PendingRoom.LIMIT_VALUES / 2;
    PendingRoom room = new PendingRoom();
    room.enter();
    assertThat(room.share(0, half + 1_000)).isEqualTo(PendingRoom.LIMIT_VALUES);
    try (HashFile file = HashFile.create(path(), LIMIT, room)) {
      file.add(key(1), 1, 1);
      file.add(key(2), 1, 1);
      assertThat(room.share(half + 1_000, half + 1_000))
          .as("but for the one that waited when it was asked last")
          .isEqualTo(PendingRoom.LIMIT_VALUES - 1);
      room.enter();
      assertThat(room.share(0, 1)).as("half of it is taken").isEqualTo(half - 1_001);
      room.share(1, PendingRoom.LIMIT_VALUES);
      assertThat(room.share(half + 1_000, half + 1_000))
          .as("all of it is taken: an equal share")
          .isEqualTo(PendingRoom.LIMIT_VALUES / 3);
      room.leave(PendingRoom.LIMIT_VALUES);
      file.force();
      assertThat(room.share(half + 1_000, 0)).isEqualTo(PendingRoom.LIMIT_VALUES);
      file.add(key(1), 1, 1);
    }
    room.leave(0);
    room.enter();
    assertThat(room.share(0, 7)).isEqualTo(PendingRoom.LIMIT_VALUES);
  }

  @Test
  void oneKeyForEver_keepsItsGreatestValues_onOnePage() throws Exception {
    try (HashFile file = HashFile.create(path(), LIMIT, new PendingRoom())) {
      for (int i = 1; i <= 50_000; i++) {
        file.add(key(0), 0, i);
        List<Value> last = new ArrayList<>();
        for (int value = Math.max(1, i - LIMIT + 1); value <= i; value++) {
          last.add(new Value(0, value));
        }
        assertThat(find(file, key(0))).containsExactlyInAnyOrderElementsOf(last);
        assertThat(file.keys()).isLessThanOrEqualTo(1 + PendingValues.LIMIT_CHAIN);
      }
      assertThat(file.force()).isEqualTo(new HashFile.Size(2, 1, LIMIT));
    }
  }

  @Test
  void keysThatShareTheirFirstBits_partAPageUntilTheyFit() throws Exception {
    try (HashFile file = HashFile.create(path(), 1, new PendingRoom())) {
      for (int i = 0; i < 1_000; i++) {
        // 14 bits that are the same for all, then 10 that are not; any place in the page.
        file.add(new HashFile.Key(0x1234_0000_0000_0000L | (long) i << 40 | i * 77L, i), i, 1);
      }
      HashFile.Size size = file.force();
      try (HashFile again = HashFile.open(path(), 1, size, new PendingRoom())) {
        for (int i = 0; i < 1_000; i++) {
          HashFile.Key key = new HashFile.Key(0x1234_0000_0000_0000L | (long) i << 40 | i * 77L, i);
          assertThat(find(again, key)).containsExactly(new Value(i, 1));
        }
      }
    }
  }

  @Test
  void moreThanItMayHave_isRefused_andWhatIsThereStays() throws Exception {
    int limitPages = 8;
    try (HashFile file = HashFile.create(path(), 1, limitPages, new PendingRoom())) {
      int added = 0;
      IOException full = null;
      while (full == null) {
        try {
          file.add(key(added), 1, added + 1);
          added++;
        } catch (IOException e) {
          full = e;
        }
      }
      assertThat(full).hasMessage(path() + " is full: it has " + limitPages + " pages");
      assertThat(file.fill()).isEqualTo(1);
      for (int i = 0; i < added; i++) {
        assertThat(find(file, key(i))).containsExactly(new Value(1, i + 1));
      }
    }
  }

  @Test
  void aPageThatCannotBePartedFurther_isRefused() throws Exception {
    try (HashFile file = HashFile.create(path(), 1, new PendingRoom())) {
      assertThatThrownBy(
              () -> {
                for (int i = 1; i < 1_000; i++) {
                  file.add(new HashFile.Key(1L << 62 | i, i), 1, 1);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining(" is full");
    }
  }

  @Test
  void whoReadsWhileItGrows_findsWhatWasThereBefore() throws Exception {
    int before = 2_000;
    try (HashFile file = HashFile.create(path(), LIMIT, new PendingRoom())) {
      for (int i = 0; i < before; i++) {
        file.add(key(i), 1, i + 1);
      }
      AtomicBoolean ended = new AtomicBoolean();
      AtomicReference<String> missed = new AtomicReference<>();
      Thread reader =
          new Thread(
              () -> {
                for (int i = 0; !ended.get() && missed.get() == null; i = (i + 1) % before) {
                  if (!find(file, key(i)).contains(new Value(1, i + 1))) {
                    missed.set("line " + i);
                  }
                }
              });
      reader.start();
      for (int i = before; i < 300_000; i++) {
        file.add(key(i), 1, i + 1);
      }
      ended.set(true);
      reader.join();
      assertThat(missed).hasNullValue();
    }
  }

  @Test
  void aFlippedBitAnywhere_isRefused() throws Exception {
    HashFile.Size size = filled();
    byte[] whole = Files.readAllBytes(path());
    int used = size.pages() * PageFile.PAGE_BYTES;
    try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
      // every byte of the head, and of a page's, and some of all others
      for (int at = 0; at < used; at += at % PageFile.PAGE_BYTES < 64 && at < 8192 ? 1 : 251) {
        byte flipped = (byte) (whole[at] ^ 1 << at % 8);
        channel.write(ByteBuffer.wrap(new byte[] {flipped}), at);
        assertThatThrownBy(() -> HashFile.open(path(), LIMIT, size, new PendingRoom()))
            .as("byte " + at)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(path() + " is damaged");
        channel.write(ByteBuffer.wrap(new byte[] {whole[at]}), at);
      }
    }
    byte[] behind = whole.clone();
    java.util.Arrays.fill(behind, used, behind.length, (byte) 0x5a);
    Files.write(path(), behind);
    try (HashFile file = HashFile.open(path(), LIMIT, size, new PendingRoom())) {
      for (int i = 0; i < 5_000; i++) { // takes pages from there
        file.add(key(i), 1, i + 1);
      }
      for (int i = 0; i < 5_000; i++) {
        assertThat(find(file, key(i))).containsExactly(new Value(1, i + 1));
      }
    }
  }

  @Test
  void aFileThatIsNotTheOneThatWasForced_isRefused() throws Exception {
    HashFile.Size size = filled();
    byte[] whole = Files.readAllBytes(path());
    refused(new HashFile.Size(size.pages() - 1, size.keys(), size.values()), " holds ");
    refused(new HashFile.Size(size.pages(), size.keys(), size.values() + 1), " holds ");
    refused(new HashFile.Size(1, 0, 0), "cannot have 1 pages");
    for (int length : new int[] {0, 1, 4096, whole.length / 2, whole.length - 1}) {
      Files.write(path(), java.util.Arrays.copyOf(whole, length));
      refused(size, "not its own length");
    }
    byte[] twice = whole.clone(); // one page in place of another
    System.arraycopy(whole, PageFile.PAGE_BYTES, twice, 0, PageFile.PAGE_BYTES);
    Files.write(path(), twice);
    refused(size, path().toString());
    Files.delete(path());
    refused(size, "is missing");
    Files.write(path(), whole);
    HashFile.open(path(), LIMIT, size, new PendingRoom()).close();
  }

  private void refused(HashFile.Size size, String message) {
    assertThatThrownBy(() -> HashFile.open(path(), LIMIT, size, new PendingRoom()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private HashFile.Size filled() throws IOException {
    try (HashFile file = HashFile.create(path(), LIMIT, new PendingRoom())) {
      for (int i = 0; i < 1_000; i++) {
        file.add(key(i), 1, i + 1);
      }
      return file.force();
    }
  }
}

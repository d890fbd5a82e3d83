package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingValuesTest {
  private static final int LIMIT = 3;

  private final PendingValues pending = new PendingValues();

  private record Value(long keyHigh, int keyLow, int high, long low) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void chains_areWhatWasAddedPartedAndTakenOut(long seed) throws IOException {
    Random random = new Random(seed);
    Map<Integer, List<Value>> model = new HashMap<>();
    int pages = 3;
    for (int step = 0; step < 20_000; step++) {
      int page = random.nextInt(pages);
      List<Value> expected = model.computeIfAbsent(page, added -> new ArrayList<>());
      int what = random.nextInt(100);
      if (what < 90) {
        // Few keys and values: the same key comes often, the same value sometimes.
        Value value =
            new Value(
                random.nextLong() | 1, random.nextInt(3) - 1, random.nextInt(3), random.nextInt(3));
        Value kept =
            random.nextBoolean() || expected.isEmpty()
                ? value
                : new Value(
                    expected.get(0).keyHigh(), expected.get(0).keyLow(), value.high(), value.low());
        expected.add(kept);
        assertThat(add(page, kept)).isEqualTo(expected.size());
      } else if (what < 98) {
        assertThat(drained(page)).containsExactlyInAnyOrderElementsOf(expected);
        expected.clear();
      } else {
        int bit = random.nextInt(8);
        int second = pages++;
        pending.part(page, second, bit);
        List<Value> moved = new ArrayList<>(expected);
        moved.removeIf(value -> (value.keyHigh() >>> (63 - bit) & 1) == 0);
        expected.removeIf(value -> (value.keyHigh() >>> (63 - bit) & 1) != 0);
        model.put(second, moved);
      }
      int asked = random.nextInt(pages + 1); // one that nobody has spoken of, too
      List<Value> there = model.getOrDefault(asked, List.of());
      if (!there.isEmpty()) {
        Value value = there.get(random.nextInt(there.size()));
        assertThat(found(asked, value)).isEqualTo(greatest(there, value));
      }
      assertThat(found(asked, new Value(2, 0, 0, 0))).isEmpty();
      assertThat(pending.count()).isEqualTo(model.values().stream().mapToInt(List::size).sum());
    }
  }

  /** What a page has of a key: each value once, the greatest of them. */
  private static List<Value> greatest(List<Value> all, Value key) {
    return all.stream()
        .filter(value -> value.keyHigh() == key.keyHigh() && value.keyLow() == key.keyLow())
        .distinct()
        .sorted(Comparator.comparingInt(Value::high).thenComparingLong(Value::low).reversed())
        .limit(LIMIT)
        .toList();
  }

  private List<Value> found(int page, Value key) {
    long[] into = new long[LIMIT * HashFile.VALUE_LONGS];
    int count = pending.find(page, new HashFile.Key(key.keyHigh(), key.keyLow()), into, 0, LIMIT);
    List<Value> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(new Value(key.keyHigh(), key.keyLow(), (int) into[2 * i], into[2 * i + 1]));
    }
    found.sort(Comparator.comparingInt(Value::high).thenComparingLong(Value::low).reversed());
    return found;
  }

  @Test
  void drain_thatIsRefusedAValue_leavesTheOthers() throws IOException {
    for (int i = 1; i <= 10; i++) {
      add(5, new Value(i, 0, 0, i));
    }
    List<Value> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                pending.drain(
                    5,
                    (high, low, valueHigh, valueLow) -> {
                      taken.add(new Value(high, low, valueHigh, valueLow));
                      if (taken.size() == 4) {
                        throw new IOException("full");
                      }
                    }))
        .hasMessage("full");
    assertThat(pending.count()).isEqualTo(6);
    taken.addAll(drained(5));
    assertThat(taken)
        .extracting(Value::low)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void drain_takesWhatIsAddedMeanwhile() throws IOException {
    add(1, new Value(7, 0, 0, 1));
    List<Long> taken = new ArrayList<>();
    pending.drain(
        1,
        (high, low, valueHigh, valueLow) -> {
          taken.add(valueLow);
          if (valueLow < 100) {
            add(1, new Value(7, 0, 0, valueLow + 1));
          }
        });
    assertThat(taken).hasSize(100).doesNotHaveDuplicates();
    assertThat(pending.count()).isZero();
  }

  /** Or a table that is filled and emptied for months would grow for ever. */
  @Test
  void room_ofWhatWasTakenOut_isUsedAgain() throws IOException {
    Random random = new Random(1);
    long most = 0;
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 5_000; i++) {
        add(random.nextInt(64), new Value(random.nextLong() | 1, 0, 0, i));
      }
      pending.part(random.nextInt(64), random.nextInt(64), 3);
      most = round == 4 ? pending.bytes() : most;
      for (int page = 0; page < 64; page++) {
        drained(page);
      }
    }
    assertThat(pending.bytes()).isEqualTo(most);
    pending.shrink();
    assertThat(pending.bytes()).isLessThan(most);
  }

  private int add(int page, Value value) {
    return pending.add(
        page, new HashFile.Key(value.keyHigh(), value.keyLow()), value.high(), value.low());
  }

  private List<Value> drained(int page) throws IOException {
    List<Value> drained = new ArrayList<>();
    pending.drain(
        page,
        (high, low, valueHigh, valueLow) -> drained.add(new Value(high, low, valueHigh, valueLow)));
    return drained;
  }
}

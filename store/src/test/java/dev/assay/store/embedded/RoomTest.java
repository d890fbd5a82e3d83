package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final Room room = new Room(10, 1000);

  @Test
  void enter_upToEachLimit_andNotOneMore() throws Exception {
    assertThat(room.enter(9, 10, 0)).isTrue();
    assertThat(room.enter(1, 10, 0)).as("at the limit").isTrue();
    assertThat(room.enter(1, 10, 0)).as("one past it").isFalse();
    assertThat(room.observations()).isEqualTo(10);
    room.leave(10, 20);
    assertThat(room.enter(1, 999, 0)).isTrue();
    assertThat(room.enter(1, 1, 0)).as("at the limit of bytes").isTrue();
    assertThat(room.enter(1, 1, 0)).as("one byte past it").isFalse();
  }

  @Test
  void enter_somethingLargerThanAll_whereNothingElseIs() throws Exception {
    assertThat(room.enter(100, 5000, 0)).isTrue();
    assertThat(room.enter(1, 1, 0)).isFalse();
    room.leave(100, 5000);
    assertThat(room.enter(1, 1, 0)).isTrue();
    assertThat(room.enter(100, 1, 0)).isFalse();
  }

  @Test
  void full_whereNoMoreThanAHundredthIsLeft() throws Exception {
    Room large = new Room(1000, 10_000);
    assertThat(large.enter(989, 1, 0)).isTrue();
    assertThat(large.full()).isFalse();
    assertThat(large.enter(1, 1, 0)).isTrue();
    assertThat(large.full()).as("of observations").isTrue();
    large.leave(989, 1);
    assertThat(large.enter(1, 9_898, 0)).isTrue();
    assertThat(large.full()).isFalse();
    assertThat(large.enter(1, 1, 0)).isTrue();
    assertThat(large.full()).as("of bytes").isTrue();
  }

  @Test
  void filling_whereAQuarterIsTaken() throws Exception {
    Room large = new Room(1000, 10_000);
    assertThat(large.enter(249, 2_499, 0)).isTrue();
    assertThat(large.filling()).isFalse();
    assertThat(large.enter(1, 0, 0)).isTrue();
    assertThat(large.filling()).as("of observations").isTrue();
    large.leave(249, 0);
    assertThat(large.filling()).isFalse();
    assertThat(large.enter(1, 1, 0)).isTrue();
    assertThat(large.filling()).as("of bytes").isTrue();
  }

  @Test
  void backpressure_growsFromHalfOfItOn() throws Exception {
    assertThat(room.enter(5, 500, 0)).isTrue();
    assertThat(pressure()).as("half").isZero();
    assertThat(room.enter(1, 1, 0)).isTrue();
    assertThat(pressure()).as("a fifth of the rest").isEqualTo(20);
    assertThat(room.enter(1, 399, 0)).isTrue();
    assertThat(pressure()).as("bytes").isEqualTo(80);
    assertThat(room.enter(3, 0, 0)).isTrue();
    assertThat(pressure()).as("all").isEqualTo(100);
    room.leave(10, 900);
    assertThat(pressure()).as("nothing").isZero();
    assertThat(room.enter(100, 5000, 0)).isTrue();
    assertThat(pressure()).as("more than all").isEqualTo(100);
  }

  private long pressure() {
    return room.backpressure(Duration.ofMillis(100)).toMillis();
  }

  @Test
  void enter_waitsForSomebodyToLeave() throws Exception {
    assertThat(room.enter(10, 10, 0)).isTrue();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return room.enter(1, 1, 60_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    room.leave(1, 1);
    assertThat(waiting.get()).isTrue();
  }
}

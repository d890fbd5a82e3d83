package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  void delay_growsFromHalfOfItOn() throws Exception {
    assertThat(room.enter(5, 500, 0)).isTrue();
    assertThat(room.delayNanos(100)).as("half").isZero();
    assertThat(room.enter(1, 1, 0)).isTrue();
    assertThat(room.delayNanos(100)).as("a fifth of the rest").isEqualTo(20_000_000);
    assertThat(room.enter(1, 399, 0)).isTrue();
    assertThat(room.delayNanos(100)).as("bytes").isEqualTo(80_000_000);
    assertThat(room.enter(3, 0, 0)).isTrue();
    assertThat(room.delayNanos(100)).as("all").isEqualTo(100_000_000);
    assertThat(room.delayNanos(0)).as("of somebody who may not wait").isZero();
    room.leave(10, 900);
    assertThat(room.enter(100, 5000, 0)).isTrue();
    assertThat(room.delayNanos(100)).as("more than all").isEqualTo(100_000_000);
  }

  @Test
  void slowDown_endsWhenHalfIsLeft() throws Exception {
    assertThat(room.enter(10, 502, 0)).isTrue();
    CompletableFuture<Void> slowed =
        CompletableFuture.runAsync(
            () -> {
              try {
                room.slowDown(600_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    room.leave(9, 1); // of bytes there are too many still
    assertThat(slowed).isNotDone();
    room.leave(0, 1);
    slowed.get(60, TimeUnit.SECONDS);
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

package dev.assay.receiver.forward;

import static dev.assay.receiver.forward.ForwardOptions.Overflow.DROP_NEWEST;
import static dev.assay.receiver.forward.ForwardOptions.Overflow.DROP_OLDEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ParcelQueueTest {
  private static ParcelQueue queue(long bytes, int requests, ForwardOptions.Overflow overflow) {
    return new ParcelQueue(new ForwardOptions.Queue(bytes, requests, 1, overflow));
  }

  private static Parcel parcel(int bytes) {
    return new Parcel(ForwardedSignal.LOGS, new byte[bytes]);
  }

  @Test
  void bytes_atTheLimitAndOnePastIt() {
    ParcelQueue queue = queue(10, 100, DROP_NEWEST);
    assertThat(queue.give(parcel(4))).isEmpty();
    assertThat(queue.give(parcel(6))).isEmpty();
    Parcel late = parcel(1);
    assertThat(queue.give(late)).containsExactly(late);
    assertThat(queue.usedBytes()).isEqualTo(10);
  }

  @Test
  void requests_atTheLimitAndOnePastIt() {
    ParcelQueue queue = queue(100, 2, DROP_NEWEST);
    assertThat(queue.give(parcel(0))).isEmpty();
    assertThat(queue.give(parcel(1))).isEmpty();
    assertThat(queue.give(parcel(1))).hasSize(1);
  }

  @Test
  void dropOldest_asManyAsMustGo_inTheirOrder() throws Exception {
    ParcelQueue queue = queue(10, 100, DROP_OLDEST);
    Parcel first = parcel(4);
    Parcel second = parcel(4);
    Parcel third = parcel(2);
    for (Parcel parcel : List.of(first, second, third)) {
      assertThat(queue.give(parcel)).isEmpty();
    }
    Parcel large = parcel(7);
    assertThat(queue.give(large)).containsExactly(first, second);
    assertThat(queue.usedBytes()).isEqualTo(9);
    assertThat(queue.take()).isSameAs(third);
    assertThat(queue.take()).isSameAs(large);
  }

  @Test
  void dropOldest_sparesWhatIsBeingSent_andWhatCouldNotHelp() throws Exception {
    ParcelQueue queue = queue(10, 100, DROP_OLDEST);
    queue.give(parcel(6));
    Parcel sent = Objects.requireNonNull(queue.take());
    Parcel waits = parcel(2);
    queue.give(waits);
    Parcel large = parcel(5); // would not fit beside the one that is being sent
    assertThat(queue.give(large)).containsExactly(large);
    assertThat(queue.give(parcel(4))).containsExactly(waits);
    queue.done(sent);
    assertThat(queue.usedBytes()).isEqualTo(4);
  }

  @Test
  void largerThanTheQueue_isDropped_whateverThePolicy() {
    for (ForwardOptions.Overflow overflow : ForwardOptions.Overflow.values()) {
      ParcelQueue queue = queue(10, 100, overflow);
      queue.give(parcel(3));
      assertThat(queue.give(parcel(11))).hasSize(1);
      assertThat(queue.usedBytes()).isEqualTo(3);
    }
  }

  @Test
  void closed_givesWhatIsLeft_thenNothing() throws Exception {
    ParcelQueue queue = queue(10, 100, DROP_NEWEST);
    queue.give(parcel(3));
    queue.give(parcel(4));
    queue.close();
    assertThat(queue.take()).isNotNull();
    assertThat(queue.clear()).hasSize(1);
    assertThat(queue.take()).isNull();
  }
}

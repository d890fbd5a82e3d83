package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final int LIMIT = 100_000;
  private final Gate gate = new Gate(LIMIT, 1);

  @Test
  void full_sendsTheNextAway_untilThereIsRoom() throws Exception {
    Gate.Place first = gate.enter();
    first.grow(LIMIT);
    try (Gate.Place second = gate.enter()) {
      assertThatThrownBy(() -> second.grow(1))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.why()).isEqualTo(Cause.BUSY));
      first.close();
      second.grow(LIMIT);
    }
  }

  @Test
  void place_closedTwice_givesBackOnce() throws Exception {
    Gate.Place place = gate.enter();
    place.grow(LIMIT);
    place.close();
    place.close();
    try (Gate.Place other = gate.enter()) {
      other.grow(LIMIT);
      assertThatThrownBy(() -> other.grow(1)).isInstanceOf(Refused.class);
    }
  }

  /** Where one message may be as large as all pending ones together, it still must find room. */
  @ParameterizedTest
  @ValueSource(ints = {-1, LIMIT})
  void body_atTheLimit_isRead_onePastIsNot(int expected) throws Exception {
    byte[] atLimit = new byte[LIMIT];
    try (Gate.Place place = gate.enter()) {
      assertThat(Body.read(new ByteArrayInputStream(atLimit), expected, LIMIT, place))
          .hasSize(LIMIT);
    }
    byte[] onePast = new byte[LIMIT + 1];
    try (Gate.Place place = gate.enter()) {
      assertThatThrownBy(() -> Body.read(new ByteArrayInputStream(onePast), expected, LIMIT, place))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.why()).isEqualTo(Cause.TOO_LARGE));
    }
  }

  /** A sender may announce less than it sends, or more. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 9, 10, 11, 5000})
  void body_whateverWasAnnounced_isReadWhole(int expected) throws Exception {
    byte[] bytes = "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (Gate.Place place = gate.enter()) {
      assertThat(Body.read(new ByteArrayInputStream(bytes), expected, LIMIT, place))
          .isEqualTo(bytes);
    }
  }
}

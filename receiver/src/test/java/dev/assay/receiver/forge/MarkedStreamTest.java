package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkedStreamTest {
  private static final byte[] MARK = "\nthe end\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void theAnswer_isWhatStandsBeforeTheMark_howeverThePipeCutsIt() throws Exception {
    Random random = new Random(5);
    for (int round = 0; round < 400; round++) {
      StringBuilder answer = new StringBuilder("header\n");
      for (int lines = random.nextInt(2_000); lines > 0; lines--) {
        answer.append(random.nextInt(9) == 0 ? " the end\n" : "+line ".repeat(3) + "\n");
      }
      byte[] all = (answer + "the end\n").getBytes(StandardCharsets.UTF_8);
      int most = 1 + random.nextInt(round % 2 == 0 ? 20 : 100_000);
      MarkedStream stream = new MarkedStream(cut(all, random, most), MARK);
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(answer.toString());
      assertThat(stream.read()).isEqualTo(-1);
      stream.drain();
    }
  }

  @Test
  void drain_leavesThePipeAtTheNextAnswer() throws Exception {
    byte[] first =
        ("header\n" + "+x\n".repeat(50_000) + "the end\n").getBytes(StandardCharsets.UTF_8);
    InputStream pipe = cut(first, new Random(6), 4_096);
    MarkedStream stream = new MarkedStream(pipe, MARK);
    assertThat(stream.read()).isEqualTo('h');
    stream.drain();
    assertThat(pipe.read()).isEqualTo(-1);
  }

  @Test
  void aProcessThatEnds_isNoEndOfAnAnswer() {
    byte[] cut = "header\n+x\nthe en".getBytes(StandardCharsets.UTF_8);
    MarkedStream stream = new MarkedStream(new ByteArrayInputStream(cut), MARK);
    assertThatThrownBy(stream::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broke off");
  }

  /** Gives as little at a time as a pipe may. */
  private static InputStream cut(byte[] all, Random random, int most) {
    return new ByteArrayInputStream(all) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }
}

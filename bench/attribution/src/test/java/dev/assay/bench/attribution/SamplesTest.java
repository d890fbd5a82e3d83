package dev.assay.bench.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void percentiles_areOfWhatWasMeasured_inAnyOrder() {
    Samples samples = new Samples();
    for (int i = 200; i > 0; i--) {
      samples.add(i * 1_000_000L);
    }

    assertThat(samples.size()).isEqualTo(200);
    assertThat(samples.median()).isEqualTo(101);
    assertThat(samples.millis(99)).isEqualTo(199);
    assertThat(samples.millis(100)).isEqualTo(200);
  }

  @Test
  void nothingMeasured_isNothing() {
    assertThat(new Samples().median()).isZero();
  }
}

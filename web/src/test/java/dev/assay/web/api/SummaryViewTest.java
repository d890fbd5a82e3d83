package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SummaryViewTest {
  @Test
  void rateOfPeople_isUnknown_whereOnlyRefusalsNameThem() {
    assertThat(SummaryView.of(decisions(20, 4, 0, 4)).acceptRateByUser()).isNull();
    assertThat(SummaryView.of(decisions(20, 4, 0, 4)).acceptRate()).isEqualTo(20.0 / 24);
  }

  @Test
  void rateOfPeople_isOverTheirDecisionsAlone() {
    assertThat(SummaryView.of(decisions(20, 4, 3, 1)).acceptRateByUser()).isEqualTo(0.75);
  }

  private static Summary decisions(
      long accepted, long rejected, long acceptedByUser, long rejectedByUser) {
    return new Summary(
        0,
        0,
        0,
        0,
        0,
        accepted,
        rejected,
        acceptedByUser,
        rejectedByUser,
        0,
        0,
        1,
        1,
        BigDecimal.ZERO,
        new Tokens(0, 0, 0, 0));
  }
}

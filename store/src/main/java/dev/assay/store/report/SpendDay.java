package dev.assay.store.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Estimated cost of one day, in US dollars, by model. */
public record SpendDay(LocalDate day, BigDecimal costUsd, long users, List<Model> models) {
  public SpendDay {
    models = List.copyOf(models);
  }

  /** One model's share. */
  public record Model(String model, BigDecimal costUsd, Tokens tokens) {}
}

package dev.assay.store.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of Anthropic's Claude Code Analytics API: one actor, UTC day, terminal, kind of customer.
 *
 * @param apiActor whether {@code actor} names an API key, not an email address
 * @param customerType {@code api} or {@code subscription}
 */
public record AnalyticsRow(
    LocalDate day,
    String actor,
    boolean apiActor,
    @Nullable String terminalType,
    String customerType,
    boolean remote,
    long sessions,
    long linesAdded,
    long linesRemoved,
    long commits,
    long pullRequests,
    List<ToolActions> tools,
    List<ModelUse> models) {
  public AnalyticsRow {
    tools = List.copyOf(tools);
    models = List.copyOf(models);
  }

  /** Decisions on the proposals of one tool. */
  public record ToolActions(String tool, long accepted, long rejected) {}

  /** Tokens and estimated cost of one model. */
  public record ModelUse(String model, Tokens tokens, BigDecimal costUsd) {}
}

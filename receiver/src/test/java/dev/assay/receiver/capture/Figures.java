package dev.assay.receiver.capture;

import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.UsageObservation;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What observations of one source amount to when each key counts once: enough to check an
 * interpretation without a store.
 */
public record Figures(
    long accepted,
    long rejected,
    long blocked,
    long linesAdded,
    long requests,
    String tokens,
    BigDecimal costUsd,
    double linesCounted,
    long sessions) {

  public static Figures of(Collection<? extends Observation> observations) {
    Map<String, Outcome> decisions = new HashMap<>();
    Map<String, Integer> edits = new HashMap<>();
    Map<String, UsageObservation> usage = new HashMap<>();
    Set<MetricSample> lines = new HashSet<>();
    Set<String> sessions = new HashSet<>();
    for (Observation observation : observations) {
      if (observation instanceof DecisionObservation decision) {
        decisions.put(decision.toolUseId(), decision.outcome());
      } else if (observation instanceof EditObservation edit) {
        edits.put(edit.toolUseId(), edit.linesAdded());
      } else if (observation instanceof UsageObservation response) {
        usage.put(Objects.requireNonNull(response.requestId()), response);
      } else if (observation instanceof MetricSample sample
          && sample.name().equals("claude_code.lines_of_code.count")
          && "added".equals(sample.attributes().get("type"))) {
        lines.add(sample);
      } else if (observation instanceof SessionObservation session) {
        sessions.add(session.sessionId());
      }
    }
    return new Figures(
        count(decisions, Outcome.ACCEPTED),
        count(decisions, Outcome.REJECTED),
        count(decisions, Outcome.BLOCKED),
        edits.values().stream().mapToLong(Integer::longValue).sum(),
        usage.size(),
        usage.values().stream().mapToLong(UsageObservation::inputTokens).sum()
            + "/"
            + usage.values().stream().mapToLong(UsageObservation::outputTokens).sum()
            + "/"
            + usage.values().stream().mapToLong(UsageObservation::cacheReadTokens).sum()
            + "/"
            + usage.values().stream().mapToLong(UsageObservation::cacheCreationTokens).sum(),
        usage.values().stream()
            .map(UsageObservation::costUsd)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .stripTrailingZeros(),
        lines.stream().mapToDouble(MetricSample::value).sum(),
        sessions.size());
  }

  private static long count(Map<String, Outcome> decisions, Outcome outcome) {
    return decisions.values().stream().filter(outcome::equals).count();
  }
}

package dev.assay.store.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.contract.Histories;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.UsageObservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Any order, any repetition, any grouping: the same facts. */
final class JoinLawsTest {
  private static final int ROUNDS = 300;
  private static final int OBSERVATIONS = 40;

  @Test
  void facts_doNotDependOnOrderOrRepetition() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Observation> history = new Histories(seed).observations(OBSERVATIONS);
      Set<Object> expected = facts(history);
      List<Observation> other = new ArrayList<>(history);
      other.addAll(history.subList(0, OBSERVATIONS / 2));
      Collections.shuffle(other, new Random(seed));
      assertThat(facts(other)).as("history %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void facts_doNotDependOnGrouping() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Observation> history = new Histories(seed).observations(OBSERVATIONS);
      int cut = new Random(seed).nextInt(OBSERVATIONS);
      Map<String, SessionJoin> left = sessions(history.subList(0, cut));
      sessions(history.subList(cut, OBSERVATIONS))
          .forEach((key, fact) -> left.merge(key, fact, SessionJoin::join));
      assertThat(left).isEqualTo(sessions(history));

      Map<String, EditJoin> leftEdits = edits(history.subList(0, cut));
      edits(history.subList(cut, OBSERVATIONS))
          .forEach((key, fact) -> leftEdits.merge(key, fact, EditJoin::join));
      assertThat(leftEdits).isEqualTo(edits(history));

      Map<String, DecisionJoin> leftDecisions = decisions(history.subList(0, cut));
      decisions(history.subList(cut, OBSERVATIONS))
          .forEach((key, fact) -> leftDecisions.merge(key, fact, DecisionJoin::join));
      assertThat(leftDecisions).isEqualTo(decisions(history));

      Responses leftUsage = responses(history.subList(0, cut));
      responses(history.subList(cut, OBSERVATIONS)).all().forEach(leftUsage::add);
      assertThat(new HashSet<>(leftUsage.all())).isEqualTo(new HashSet<>(responses(history).all()));
    }
  }

  private static Set<Object> facts(List<Observation> history) {
    Set<Object> facts = new HashSet<>();
    facts.addAll(sessions(history).values());
    facts.addAll(decisions(history).values());
    facts.addAll(edits(history).values());
    facts.addAll(responses(history).all());
    facts.addAll(
        joined(
                history,
                GitObservation.class,
                GitJoin::of,
                f -> f.toolUseId() + f.operation(),
                GitJoin::join)
            .values());
    facts.addAll(
        joined(
                history,
                MetricSample.class,
                SampleJoin::of,
                f -> f.series() + f.timeMicros(),
                SampleJoin::join)
            .values());
    facts.addAll(
        joined(
                history,
                ExporterSeen.class,
                ExporterJoin::of,
                f -> f.serviceName() + f.instanceId(),
                ExporterJoin::join)
            .values());
    return facts;
  }

  private static Map<String, SessionJoin> sessions(List<Observation> history) {
    return joined(
        history,
        SessionObservation.class,
        SessionJoin::of,
        SessionJoin::sessionId,
        SessionJoin::join);
  }

  private static Map<String, DecisionJoin> decisions(List<Observation> history) {
    return joined(
        history,
        DecisionObservation.class,
        DecisionJoin::of,
        DecisionJoin::toolUseId,
        DecisionJoin::join);
  }

  private static Map<String, EditJoin> edits(List<Observation> history) {
    return joined(
        history, EditObservation.class, EditJoin::of, EditJoin::toolUseId, EditJoin::join);
  }

  private static Responses responses(List<Observation> history) {
    Responses responses = new Responses();
    for (Observation observation : history) {
      if (observation instanceof UsageObservation usage) {
        responses.add(UsageJoin.of(usage));
      }
    }
    return responses;
  }

  private static <O, F> Map<String, F> joined(
      List<Observation> history,
      Class<O> kind,
      Function<O, F> of,
      Function<F, String> key,
      BinaryOperator<F> join) {
    Map<String, F> facts = new TreeMap<>();
    for (Observation observation : history) {
      if (kind.isInstance(observation)) {
        F fact = of.apply(kind.cast(observation));
        facts.merge(key.apply(fact), fact, join);
      }
    }
    return facts;
  }
}

package dev.assay.store.join;

import static dev.assay.store.contract.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.v1.EditLines;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which source wins where they contradict each other. */
final class JoinRulesTest {

  @ParameterizedTest(name = "{0} {1}, {2} {3}: {4} by {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        // An old client reports an interrupt as a refusal; the transcript knows better.
        "EVENT, REJECTED, TRANSCRIPT, NONE, NONE, user_reject",
        "EVENT, REJECTED, TRANSCRIPT, ACCEPTED, ACCEPTED, -",
        // Esc during a running tool reads like a refusal in the transcript; telemetry knows better.
        "EVENT, ACCEPTED, TRANSCRIPT, REJECTED, ACCEPTED, config",
        "EVENT, ACCEPTED, TRANSCRIPT, NONE, ACCEPTED, config",
        // Telemetry tells a rule's refusal from a person's.
        "EVENT, BLOCKED, TRANSCRIPT, REJECTED, BLOCKED, hook",
        "EVENT, REJECTED, TRANSCRIPT, BLOCKED, REJECTED, user_reject",
        "EVENT, REJECTED, TRANSCRIPT, REJECTED, REJECTED, user_reject",
      })
  void outcome(
      Source one,
      Outcome first,
      Source two,
      Outcome second,
      Outcome expected,
      @Nullable String expectedBy) {
    String by =
        switch (first) {
          case ACCEPTED -> "config";
          case BLOCKED -> "hook";
          default -> "user_reject";
        };
    DecisionJoin event = DecisionJoin.of(Given.decision(one, "t", "s", first, by));
    DecisionJoin transcript = DecisionJoin.of(Given.decision(two, "t", "s", second, null));
    DecisionJoin joined = transcript.join(event);
    assertThat(joined.outcome()).isEqualTo(expected);
    assertThat(joined.decisionSource()).isEqualTo(expectedBy);
  }

  @ParameterizedTest(name = "{0} by {1}: a person {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "ACCEPTED, user_temporary, true",
        "ACCEPTED, user_permanent, true",
        "ACCEPTED, config, false",
        "ACCEPTED, hook, false",
        "ACCEPTED, -, false",
        "REJECTED, user_reject, true",
        "REJECTED, -, true",
        "BLOCKED, config, false",
        "NONE, user_reject, false",
      })
  void byUser(Outcome outcome, @Nullable String by, boolean expected) {
    assertThat(DecisionJoin.of(Given.decision(Source.EVENT, "t", "s", outcome, by)).byUser())
        .isEqualTo(expected);
  }

  @Test
  void claim_telemetryThenOldestThenSmallest() {
    Claim telemetry = Claim.of(Source.EVENT, new SessionClaim("z", null));
    Claim old = Claim.of(Source.TRANSCRIPT, new SessionClaim("y", NOON));
    Claim young = Claim.of(Source.TRANSCRIPT, new SessionClaim("a", NOON.plusSeconds(1)));
    Claim untold = Claim.of(Source.TRANSCRIPT, new SessionClaim("b", null));
    Claim untoldToo = Claim.of(Source.TRANSCRIPT, new SessionClaim("c", null));
    List<Claim> bestFirst = List.of(telemetry, old, young, untold, untoldToo);
    for (int i = 0; i < bestFirst.size(); i++) {
      for (int j = i; j < bestFirst.size(); j++) {
        assertThat(Claim.best(bestFirst.get(j), bestFirst.get(i))).isEqualTo(bestFirst.get(i));
      }
    }
  }

  @Test
  void usage_recordWithBothIdsUnitesTwo() {
    Responses responses = new Responses();
    assertThat(responses.add(UsageJoin.of(Given.usage(Source.EVENT, null, "r", "s", 9, "0.5"))))
        .isTrue();
    assertThat(responses.add(UsageJoin.of(Given.usage(Source.TRANSCRIPT, "m", null, "s", 3, "9"))))
        .isTrue();
    assertThat(responses.all()).hasSize(2);
    assertThat(responses.add(UsageJoin.of(Given.usage(Source.TRANSCRIPT, "m", "r", "s", 5, "9"))))
        .isTrue();
    assertThat(responses.all()).hasSize(1);
    UsageJoin united = responses.all().iterator().next();
    assertThat(united.measured().output()).isEqualTo(9);
    assertThat(united.cost()).isEqualByComparingTo(new BigDecimal("0.5"));
  }

  @Test
  void usage_statedCostBeforeThePriceTable() {
    UsageJoin table = UsageJoin.of(Given.usage(Source.TRANSCRIPT, "m", "r", "s", 9, "7"));
    UsageJoin stated = UsageJoin.of(Given.usage(Source.EVENT, null, "r", "s", 9, "0.5"));
    assertThat(table.cost()).isEqualByComparingTo("7");
    assertThat(table.join(stated).cost()).isEqualByComparingTo("0.5");
    assertThat(UsageJoin.of(Given.usage(Source.EVENT, null, "r", "s", 9, null)).cost()).isNull();
  }

  @Test
  void edit_partsAreAFactWhenAllAreIn() {
    EditJoin first =
        EditJoin.of(Given.part(Source.TRANSCRIPT, "t", "s", NOON, "A", 2, 0, 2, "one"));
    EditJoin second =
        EditJoin.of(Given.part(Source.TRANSCRIPT, "t", "s", NOON, "A", 2, 1, 2, "two"));
    assertThat(first.content().lines()).isNull();
    assertThat(first.content().counted().linesAdded()).isEqualTo(2);
    EditLines lines = Objects.requireNonNull(second.join(first).content().lines());
    assertThat(lines.getHunks(0).getAdded(0).getText()).isEqualTo("one");
    assertThat(lines.getHunks(1).getAdded(0).getText()).isEqualTo("two");
  }

  @Test
  void edit_linesOfTheAgentBeforeThoseOfTelemetry() {
    EditJoin agent = EditJoin.of(Given.edit("t", "s", "src/A.java", "one", "two"));
    EditJoin event =
        EditJoin.of(Given.edit(Source.EVENT, "t", "s", NOON, "/home/ann/api/src/A.java", "one"));
    EditJoin joined = event.join(agent);
    assertThat(joined.content().counted().linesAdded()).isEqualTo(2);
    assertThat(joined.content().lines()).isEqualTo(Given.lines("one", "two"));
    assertThat(Ranked.valueOf(joined.path())).isEqualTo("src/A.java");
    assertThat(joined.claim().byTelemetry()).isTrue();
  }

  @Test
  void edit_keepsSoManyRepositories_whateverTheOrder() {
    List<String> names =
        IntStream.rangeClosed(0, Join.LIMIT_REPOSITORIES)
            .mapToObj(i -> String.format("h/o/r%02d", i))
            .toList();
    assertThat(Join.union(names.subList(0, Join.LIMIT_REPOSITORIES), List.of()))
        .hasSize(Join.LIMIT_REPOSITORIES);
    List<String> kept = names.subList(0, Join.LIMIT_REPOSITORIES);
    assertThat(Join.union(names, List.of())).isEqualTo(kept);
    assertThat(Join.union(names.subList(5, names.size()), names.subList(0, 5))).isEqualTo(kept);
  }

  @Test
  void edit_keepsSoManyAccounts_theBestOnes() {
    EditJoin joined = null;
    for (int lines = 1; lines <= EditContent.LIMIT_ACCOUNTS + 1; lines++) {
      EditJoin said =
          EditJoin.of(Given.part(Source.TRANSCRIPT, "t", "s", NOON, "A", lines, 0, 1, "x"));
      joined = joined == null ? said : joined.join(said);
    }
    SortedMap<EditContent.Account, ?> parts = Objects.requireNonNull(joined).content().parts();
    assertThat(parts).hasSize(EditContent.LIMIT_ACCOUNTS);
    assertThat(parts.lastKey().linesAdded()).isEqualTo(2);
  }
}

package dev.assay.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.ChangeDiff.DiffLine;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.store.fact.Change;
import dev.assay.web.sample.Acme;
import dev.assay.web.sample.AcmeServer;
import dev.assay.web.sample.Showcase;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PullRequestsTest {
  @TempDir static Path data;
  private @Nullable AcmeServer server;

  @BeforeAll
  void start() throws Exception {
    server = AcmeServer.filled(data);
  }

  @AfterAll
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @Test
  void list_pagedThrough_hasEachOnceNewestFirst() throws Exception {
    List<String> keys = new ArrayList<>();
    List<String> times = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get("/api/v1/pull-requests?limit=20" + after);
      for (JsonNode item : page.get("items")) {
        keys.add(item.get("key").asString());
        times.add(item.get("mergedAt").asString());
      }
      JsonNode next = page.get("next");
      after = next.isNull() ? "" : "&after=" + next.asString();
    } while (!after.isEmpty());
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            new Acme().attributions().stream().map(a -> a.change().key()).toList());
    assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void ids_areSafeInUrlsAndLeadToTheirPullRequest() throws Exception {
    for (JsonNode item : get("/api/v1/pull-requests?limit=5").get("items")) {
      String id = item.get("id").asString();
      assertThat(id).matches("[A-Za-z0-9_-]+");
      assertThat(get("/api/v1/pull-requests/" + id).get("key")).isEqualTo(item.get("key"));
    }
  }

  @Test
  void detail_showsTextVerdictAndEvidence() throws Exception {
    JsonNode pull = get("/api/v1/pull-requests/" + PublicId.of(Showcase.KEY));
    assertThat(pull.get("state").asString()).isEqualTo("provisional");
    assertThat(pull.get("strategies").get("exact").asLong()).isEqualTo(9);
    assertThat(pull.get("textUnavailable").isNull()).isTrue();
    assertThat(pull.get("edits").size()).isEqualTo(2);
    assertThat(pull.get("edits").get(0).get("user").asString()).isEqualTo("ada@acme.example");
    JsonNode similar = row(pull, "similar");
    assertThat(similar.get("text").asString()).contains("JITTER_SHARE = 0.25");
    assertThat(similar.get("difference").asDouble()).isEqualTo(0.118);
    assertThat(similar.get("edit").asString()).isEqualTo("toolu_showcase_1");
    long sum = 0;
    for (JsonNode file : pull.get("files")) {
      sum += file.get("linesWithClaudeCode").asLong();
    }
    assertThat(sum).isEqualTo(pull.get("linesWithClaudeCode").asLong()).isEqualTo(15);
  }

  @Test
  void detail_withoutRepository_saysSoAndKeepsTheVerdicts() throws Exception {
    String id = "";
    for (JsonNode item : get("/api/v1/pull-requests").get("items")) {
      if (item.get("lines").asLong() > 0 && !item.get("key").asString().equals(Showcase.KEY)) {
        id = item.get("id").asString();
      }
    }
    JsonNode pull = get("/api/v1/pull-requests/" + id);
    assertThat(pull.get("textUnavailable").asString()).contains("No checkout of github.com/acme/");
    assertThat(pull.get("files").size()).isEqualTo(2);
    JsonNode row = pull.get("files").get(0).get("rows").get(0);
    assertThat(row.get("text")).isNull();
    assertThat(row.get("line").asInt()).isPositive();
  }

  @Test
  void commitWithoutPullRequest_standsBeside() throws Exception {
    AcmeServer acme = Objects.requireNonNull(server);
    Change commit =
        new Change(
            "github.com/acme/side",
            null,
            "Fix the build",
            "ada",
            null,
            Acme.TODAY.atTime(9, 0).toInstant(ZoneOffset.UTC),
            "abc0000000000000000000000000000000000def",
            null,
            null,
            "javascript:alert(1)");
    acme.store().changes().found(List.of(commit));
    String query = "?repository=github.com/acme/side";
    assertThat(get("/api/v1/pull-requests" + query).get("items").size()).isZero();
    JsonNode item = get("/api/v1/pull-requests" + query + "&kind=all").get("items").get(0);
    assertThat(item.get("number").isNull()).isTrue();
    assertThat(item.get("state").isNull()).as("not judged yet").isTrue();
    assertThat(item.get("url").isNull()).as("no script as a link").isTrue();
  }

  @Test
  void longChange_isCutPastTheLimit() {
    assertThat(withLines(PullRequestDetail.MAX_ROWS).cut()).isFalse();
    assertThat(withLines(PullRequestDetail.MAX_ROWS).files().get(0).rows())
        .hasSize(PullRequestDetail.MAX_ROWS);
    PullRequestItem.Detail cut = withLines(PullRequestDetail.MAX_ROWS + 1);
    assertThat(cut.cut()).isTrue();
    assertThat(cut.files().get(0).rows()).isEmpty();
    assertThat(cut.files().get(0).added()).isEqualTo(PullRequestDetail.MAX_ROWS + 1);
  }

  private PullRequestItem.Detail withLines(int count) {
    AcmeServer acme = Objects.requireNonNull(server);
    List<DiffLine> added =
        IntStream.rangeClosed(1, count).mapToObj(i -> new DiffLine(i, "line " + i)).toList();
    ChangeDiff diff =
        new ChangeDiff(List.of(new FileDiff("f", null, false, List.of(), added, List.of())));
    DiffSource source =
        new DiffSource() {
          @Override
          public Optional<ChangeDiff> diff(Change change) {
            return Optional.of(diff);
          }

          @Override
          public Optional<List<String>> fileAfter(Change change, String path) {
            return Optional.empty();
          }
        };
    return new PullRequestDetail(acme.store(), source)
        .of(acme.store().changes().summary(Showcase.KEY).orElseThrow());
  }

  @Test
  void text_comesFromGit() throws Exception {
    Path checkout = Files.createDirectory(data.resolve("checkout"));
    git(checkout, "init", "-q", "-b", "main");
    Files.writeString(checkout.resolve("a.txt"), "one\ntwo\nthree\n");
    git(checkout, "add", ".");
    commit(checkout, "Begin");
    Files.writeString(checkout.resolve("a.txt"), "one\nzwei\nthree\n");
    commit(checkout, "Translate (#7)");
    AcmeServer acme = Objects.requireNonNull(server);
    try (GitRepository repository = GitRepository.open(checkout)) {
      Change change =
          repository.merged().changes().stream()
              .filter(merged -> merged.number() != null)
              .findFirst()
              .orElseThrow();
      acme.store().changes().found(List.of(change));
      DiffSource source =
          new DiffSource() {
            @Override
            public Optional<ChangeDiff> diff(Change asked) throws GitException {
              return Optional.of(repository.diff(asked));
            }

            @Override
            public Optional<List<String>> fileAfter(Change asked, String path) throws GitException {
              return repository.fileAfter(asked, path);
            }
          };
      PullRequestItem.Detail pull =
          new PullRequestDetail(acme.store(), source)
              .of(acme.store().changes().summary(change.key()).orElseThrow());
      assertThat(pull.summary().number()).isEqualTo(7);
      assertThat(pull.files().get(0).rows().stream().map(row -> row.kind() + " " + row.text()))
          .containsExactly("context one", "removed two", "added zwei", "context three");
    }
  }

  private static void commit(Path checkout, String title) throws Exception {
    git(
        checkout,
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@acme.example",
        "commit",
        "-q",
        "-a",
        "-m",
        title);
  }

  private static void git(Path checkout, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void unreadableRepository_saysSoAndKeepsTheVerdicts() {
    AcmeServer acme = Objects.requireNonNull(server);
    DiffSource source =
        new DiffSource() {
          @Override
          public Optional<ChangeDiff> diff(Change change) throws GitException {
            return Optional.of(GitRepository.open(data.resolve("gone")).diff(change));
          }

          @Override
          public Optional<List<String>> fileAfter(Change change, String path) {
            return Optional.empty();
          }
        };
    PullRequestItem.Detail pull =
        new PullRequestDetail(acme.store(), source)
            .of(acme.store().changes().summary(Showcase.KEY).orElseThrow());
    assertThat(pull.textUnavailable()).contains("gone is not a folder");
    assertThat(pull.files()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bm9uZQ", "!!!", "Z2l0aHViLmNvbS9hY21lL2FwaSM0MTI=", "_w"})
  void unknownId_isNotFound(String id) throws Exception {
    assertThat(
            Objects.requireNonNull(server)
                .get("/api/v1/pull-requests/" + URLEncoder.encode(id, UTF_8))
                .statusCode())
        .isEqualTo(404);
  }

  private static JsonNode row(JsonNode pull, String strategy) {
    for (JsonNode file : pull.get("files")) {
      for (JsonNode row : file.get("rows")) {
        if (row.has("strategy") && row.get("strategy").asString().equals(strategy)) {
          return row;
        }
      }
    }
    throw new AssertionError("no line that is " + strategy);
  }

  private JsonNode get(String path) throws Exception {
    return Json.get(Objects.requireNonNull(server), path);
  }
}

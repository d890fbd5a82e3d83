package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.forge.PullList.Pull;
import dev.assay.store.fact.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullListTest {
  private static final String ID = "1234567890123456789012345678901234567890";

  @TempDir Path folder;

  private PullList list(String json) throws IOException, GitException {
    return PullList.read(Files.writeString(folder.resolve("pulls.json"), json));
  }

  private static String entry(int number, String commit, String more) {
    return "{\"number\": " + number + ", \"merge_commit\": \"" + commit + "\"" + more + "}";
  }

  @Test
  void everyKey_isRead() throws Exception {
    String more =
        """
        , "title": "T", "author": "bob", "author_email": "b@x", "merged_at": "2026-01-02T03:04:05+01:00",
        "base": "abcdef1", "head": "abcdef2", "commits": 3, "repo": "acme/api", "url": "https://x/1", "labels": [{"a": 1}]
        """;
    assertThat(list("[" + entry(1, ID, more) + "]").pulls())
        .containsExactly(
            new Pull(
                1,
                ID,
                "T",
                "bob",
                "b@x",
                Instant.parse("2026-01-02T02:04:05Z"),
                "abcdef1",
                "abcdef2",
                3,
                "acme/api",
                "https://x/1"));
    assertThat(list("[]").pulls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | pulls.json:1:1: must be a JSON array",
        "~~ | pulls.json:1:1: must be a JSON array",
        "[1] | pulls.json:1:2, pull request 1: must be an object",
        "[\\n {}] | pulls.json:2:2, pull request 1: number must be a positive whole number, but is missing",
        "[{\"number\": 0}] | pulls.json:1:2, pull request 1: number must be a positive whole number, but is 0",
        "[{\"number\": \"1\"}] | pulls.json:1:2, pull request 1: number must be a positive whole number, but is \"1\"",
        "[{\"number\": 1}] | pulls.json:1:2, pull request 1: merge_commit must be a commit id, but is missing",
        "[{\"number\": 1, \"merge_commit\": \"HEAD\"}] | pulls.json:1:2, pull request 1: merge_commit must be a commit id, but is \"HEAD\"",
        "[{\"number\": 1, \"merge_commit\": \"abcdef1\", \"title\": 3}] | pulls.json:1:2, pull request 1: title must be a text, but is 3",
        "[{\"number\": 1, \"merge_commit\": \"abcdef1\", \"merged_at\": \"today\"}] | pulls.json:1:2, pull request 1: merged_at must be a time such as 2026-01-31T12:00:00Z, but is \"today\"",
        "[{\"number\": 1, \"merge_commit\": \"abcdef1\", \"commits\": 0}] | pulls.json:1:2, pull request 1: commits must be a positive whole number, or an array of them, but is 0",
        "[{\"number\": 1, \"merge_commit\": \"abcdef1\"},\\n{\"number\": 1, \"merge_commit\": \"abcdef2\"}] | pulls.json:2:1, pull request 2: number 1 stands there twice",
      })
  void mistake_isToldWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> list(json.replace("\\n", "\n")))
        .isInstanceOf(GitException.class)
        .hasMessage(folder + "/" + message);
  }

  @Test
  void brokenJson_isToldWithItsPlace() {
    assertThatThrownBy(() -> list("[\n  {\"number\": 1,,}\n]"))
        .isInstanceOf(GitException.class)
        .hasMessageStartingWith(folder + "/pulls.json:2:")
        .hasMessageContaining("no valid JSON");
    assertThatThrownBy(() -> list("[{"))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("no valid JSON");
    assertThatThrownBy(() -> PullList.read(folder.resolve("absent")))
        .hasMessage(folder.resolve("absent") + " is not there");
    assertThatThrownBy(() -> PullList.read(folder)).isInstanceOf(GitException.class);
  }

  @Test
  void listedMerges_areComparedWithWhatWasThereBefore() throws Exception {
    Workbench bench = Workbench.create(folder.resolve("api"));
    bench.git("remote", "add", "origin", "https://github.com/acme/api");
    String start = bench.write("a.txt", "a\n").commit("Start");
    bench.git("checkout", "-q", "-b", "topic");
    bench.as("bob").write("b.txt", "b\n").commit("One");
    String head = bench.write("c.txt", "c\n").commit("Two");
    bench.git("checkout", "-q", "main");
    String others = bench.as("ann").write("m.txt", "m\n").commit("Other people's (#1)");
    bench.committed("cherry-pick", head + "~1");
    String rebased = bench.committed("cherry-pick", head);
    String squash = bench.write("s.txt", "s\n").commit("Squash");
    String topic2 = bench.branch("topic2", "t.txt", "t\n");
    String before = bench.write("n.txt", "n\n").commit("More of others");
    String merge = bench.merge("topic2", "Whatever it says");
    bench.git("checkout", "-q", "-b", "forward");
    bench.write("f.txt", "1\n").commit("F one");
    String forward = bench.write("f.txt", "2\n").commit("F two");
    PullList list =
        list(
            "["
                + String.join(
                    ",\n",
                    entry(2, rebased, refs(start, head)),
                    entry(3, squash, refs(start, ID)),
                    entry(4, merge.substring(0, 10), refs(start, topic2)),
                    entry(5, forward, refs(merge, forward)),
                    entry(6, squash, refs(start, head)),
                    entry(7, start, ""),
                    entry(
                        8, ID, ", \"merged_at\": \"2026-01-02T03:04:05Z\", \"repo\": \"Acme/api\""),
                    entry(9, ID, ", \"repo\": \"acme/other\""),
                    entry(10, start, ", \"repo\": \"ghe.example/old/name\""),
                    entry(11, start, ", \"repo\": \"old/name\""))
                + "]");
    try (GitRepository repository = GitRepository.open(bench.root())) {
      List<Change> changes = repository.listed(list, List.of("ghe.example/old/name")).changes();
      assertThat(changes).extracting(Change::number).containsExactly(2, 3, 4, 5, 6, 7, 8, 10, 11);
      assertThat(changes)
          .extracting(Change::base)
          .containsExactly(others, rebased, before, merge, rebased, null, null, null, null);
      assertThat(changes.get(2).mergeCommit()).isEqualTo(merge);
      assertThat(changes.get(2).title()).isEqualTo("Whatever it says");
      assertThat(changes)
          .extracting(Change::repository)
          .startsWith("github.com/acme/api")
          .endsWith("github.com/acme/api", "ghe.example/old/name", "ghe.example/old/name");
      assertThat(repository.diff(changes.get(0)).files())
          .extracting(file -> file.path())
          .containsExactly("b.txt", "c.txt");
      assertThatThrownBy(() -> repository.diff(changes.get(6)))
          .hasMessageStartingWith("merge commit " + ID + " is not in ");
    }
  }

  private static String refs(String base, String head) {
    return ", \"base\": \"" + base + "\", \"head\": \"" + head + "\"";
  }

  @Test
  void unknownCommit_withoutATime_isAnError() throws Exception {
    Workbench bench = Workbench.create(folder.resolve("api"));
    bench.commit("Start");
    PullList list = list("[" + entry(3, ID, "") + "]");
    try (GitRepository repository = GitRepository.open(bench.root())) {
      assertThatThrownBy(() -> repository.listed(list, List.of()))
          .isInstanceOf(GitException.class)
          .hasMessageStartingWith("pull request 3 has no merged_at, and its merge commit " + ID);
    }
  }
}

package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Merge pull request #12 from acme/topic\\n\\nAdd a parser | 12 | Add a parser | acme",
        "Merge pull request #12 from acme/topic | 12 | Merge pull request #12 from acme/topic | acme",
        "Merge pull request #7 from o-1/a/b/c\\n\\n\\nTitle (#3)\\n\\nMore | 7 | Title (#3) | o-1",
        "Merge branch 'topic' into 'main'\\n\\nAdd a parser\\n\\nSee merge request acme/api!34 | 34 | Add a parser |",
        "Merge branch 'topic' into 'main'\\n\\nSee merge request acme/sub/api!34 | 34 | Merge branch 'topic' into 'main' |",
        "Add a parser\\n\\nCloses #3\\n\\nSee merge request acme/api!35 | 35 | Add a parser |",
        "Add a parser\\n\\nSee merge request https://gitlab.example/acme/api/-/merge_requests/36 | 36 | Add a parser |",
        "Add a parser\\n\\nSee merge request !37 | 37 | Add a parser |",
        "Merged in topic (pull request #5)\\n\\nAdd a parser\\n\\nApproved-by: Bob | 5 | Add a parser |",
        "Merged in feature/a-b (pull request #5) | 5 | Merged in feature/a-b (pull request #5) |",
        "Pull request #6: Add a parser\\n\\nMerge in ACME/api from topic to main | 6 | Add a parser |",
        "Merged PR 8: Add a parser\\n\\nRelated work items: #99 | 8 | Add a parser |",
        "Add a parser (#12) | 12 | Add a parser |",
        "Add a parser(#12) | 12 | Add a parser |",
        "Add a parser (#12) (#15) | 15 | Add a parser (#12) |",
        "Revert \"Add a parser (#12)\" (#16) | 16 | Revert \"Add a parser (#12)\" |",
        "(#12) | 12 | |",
        "Add a parser (#12)\\n\\n* one (#3)\\n* two | 12 | Add a parser |",
      })
  void form_givesNumberAndTitle(String message, int number, String title, String owner) {
    assertThat(MergeMessage.of(message.replace("\\n", "\n")))
        .isEqualTo(new MergeMessage(number, title == null ? "" : title, owner));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Add a parser",
        "Revert \"Add a parser (#12)\"",
        "Fix #12",
        "Add (#12) a parser",
        "Add a parser (#0)",
        "Add a parser (#1234567890)",
        "Add a parser (#x)",
        "Add a parser (GH-12)",
        "Merge branch 'main' into topic",
        "Merge pull request #x from acme/topic",
        "About\n\nMerge pull request #12 from acme/topic",
        "About\n\nwe See merge request acme/api!34",
        "Merged PR 8",
        "",
        "\n\n",
      })
  void otherMessage_hasNoNumber(String message) {
    assertThat(MergeMessage.of(message).number()).isNull();
  }

  @Test
  void title_isCut() {
    String most = "t".repeat(MergeMessage.LIMIT_TITLE_CHARS);
    assertThat(MergeMessage.of(most).title()).isEqualTo(most);
    assertThat(MergeMessage.of(most + "t").title())
        .hasSize(MergeMessage.LIMIT_TITLE_CHARS)
        .endsWith("t…");
  }
}

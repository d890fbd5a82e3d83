package dev.assay.bench.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.v1.EditLines;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.store.fact.EditObservation;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeRepositoryTest {
  @TempDir private Path folder;

  @Test
  void aPullRequestAddsWhatItIsSaidTo_byGit() throws Exception {
    MadeRepository made = new MadeRepository(folder.resolve("made.git"), 3);
    made.merge(3, 10);
    made.merge(2, 700);
    made.merge("equal", List.of("total += 1;", "total += 1;"));

    List<Pull> pulls = made.build();

    assertThat(pulls).hasSize(6);
    try (GitRepository repository = GitRepository.open(made.directory())) {
      for (Pull pull : pulls) {
        long added =
            repository.diff(pull.change()).files().stream()
                .mapToLong(file -> file.added().size())
                .sum();
        // Git may find that a line that was replaced is still there.
        assertThat(added).isBetween(pull.added() * 95L / 100, (long) pull.added());
      }
    }
  }

  @Test
  void claudesEdits_wroteMostOfTheLines_andTheirKeysAreDifferent() throws Exception {
    MadeRepository made = new MadeRepository(folder.resolve("made.git"), 4);
    made.merge(4, 500);

    List<Pull> pulls = made.build();

    Set<String> ids = new HashSet<>();
    Set<String> written = new HashSet<>();
    for (Pull pull : pulls) {
      for (EditObservation edit : pull.edits()) {
        assertThat(ids.add(edit.toolUseId())).isTrue();
        EditLines lines = EditLines.parseFrom(Objects.requireNonNull(edit.lines()));
        lines.getHunks(0).getAddedList().forEach(line -> written.add(line.getText()));
      }
    }
    try (GitRepository repository = GitRepository.open(made.directory())) {
      List<String> added =
          repository.diff(pulls.get(0).change()).files().stream()
              .flatMap(file -> file.added().stream())
              .map(ChangeDiff.DiffLine::text)
              .toList();
      assertThat(added.stream().filter(written::contains).count())
          .isBetween(added.size() / 2L, added.size() * 95L / 100);
    }
  }

  @Test
  void theSameSeed_makesTheSameCommits() throws Exception {
    MadeRepository one = new MadeRepository(folder.resolve("one.git"), 5);
    MadeRepository other = new MadeRepository(folder.resolve("other.git"), 5);
    one.merge(2, 50);
    other.merge(2, 50);

    assertThat(one.build()).isEqualTo(other.build());
  }
}

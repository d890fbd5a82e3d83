package dev.assay.receiver.attribution;

import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A random history of one or two files, with its own bookkeeping of who wrote each line: Claude
 * Code in a few sessions, people, and a formatter, in turns. It may be merged in two changes. It
 * knows nothing of how attribution works; long lines are random words, so that no two are alike by
 * chance.
 */
final class History {
  final List<WorkingFile> files = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  final Books books = new Books();

  /** Paths that the base branch has or had. */
  final Set<String> committed = new TreeSet<>();

  private final Random random;
  private final Claude claude;
  private final People people;
  private final Formatter formatter;
  private int renamed;
  private int merges;

  History(long seed) {
    random = new Random(seed);
    Words words = new Words(random);
    claude = new Claude(random, words, books);
    people = new People(random, words, books);
    formatter = new Formatter(random, books);
    files.add(file("src/Shop.java", words));
    if (random.nextInt(3) == 0) {
      files.add(file("src/Cart.java", words));
    }
  }

  /** A file that the base has, or one that is new and perhaps drafted at another path. */
  private WorkingFile file(String path, Words words) {
    WorkingFile file = new WorkingFile(path);
    int lines = random.nextInt(30);
    for (int i = 0; i < lines; i++) {
      file.base.add(random.nextInt(10) == 0 ? words.weak() : words.sentence());
    }
    file.base.forEach(line -> file.rows.add(Row.base(line)));
    if (lines > 0) {
      file.basePath = path;
      committed.add(path);
    } else if (random.nextBoolean()) {
      file.path = "draft/" + path.charAt(4) + ".java";
    }
    return file;
  }

  List<EditFact> edits() {
    return claude.edits;
  }

  /** When the change is merged that has all steps so far. */
  Instant now() {
    return claude.clock().plusSeconds(30);
  }

  int merges() {
    return merges;
  }

  void step() {
    WorkingFile file = files.get(random.nextInt(files.size()));
    String said =
        switch (random.nextInt(18)) {
          case 0, 1, 2, 3, 4, 5 -> claude.edits(file);
          case 6 -> claude.indents(file);
          case 7 -> people.insert(file);
          case 8 -> people.delete(file);
          case 9 -> people.touch(file);
          case 10 -> people.rewrite(file);
          case 11 -> people.restyle(file);
          case 12 -> people.copy(file, claude.removed);
          case 13 -> people.move(file, files.get(random.nextInt(files.size())));
          case 14 -> random.nextInt(4) == 0 ? rename(file) : "";
          case 15 -> formatter.split(file);
          case 16 -> formatter.join(file);
          default -> formatter.rewrap(file);
        };
    if (!said.isEmpty()) {
      log.add(said);
    }
  }

  private String rename(WorkingFile file) {
    return people.rename(file, "src/Renamed" + ++renamed + ".java");
  }

  /** The change was merged by squash: what stands is the base of the next one. */
  void merged() {
    files.forEach(WorkingFile::merged);
    files.stream().filter(file -> file.basePath != null).forEach(file -> committed.add(file.path));
    merges++;
    log.add("merged");
  }
}

package dev.assay.web.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.follow.FollowOptions;
import dev.assay.receiver.follow.Follower;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.interpret.Reason;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Verdict;
import dev.assay.web.e2e.Exported;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checkouts on one machine, the sessions that worked in them, and what was merged. */
final class World {
  /** When pull requests are merged here. */
  static final Instant MERGED = Instant.parse("2026-03-31T12:00:00Z");

  private final Path folder;
  private final TreeSet<Path> homes = new TreeSet<>();
  private final Path checkout;
  private @Nullable Attribution made;

  private World(Path folder, Path checkout) {
    this.folder = folder;
    this.checkout = checkout;
  }

  /** A machine with the checkout {@code shop} of {@code github.com/acme/shop}. */
  static World in(Path temporary) throws IOException {
    Path folder = temporary.toRealPath();
    World world = new World(folder, folder.resolve("shop"));
    world.clone("shop", "https://github.com/acme/shop.git");
    return world;
  }

  /** The checkout in which pull requests are merged. */
  Path checkout() {
    return checkout;
  }

  /** A checkout with a remote and one commit. */
  Path clone(String name, String remote) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    git(root, "init", "-q", "-b", "main");
    git(root, "config", "core.autocrlf", "false");
    git(root, "remote", "add", "origin", remote);
    Files.writeString(root.resolve("README"), "nothing\n");
    commit(root, "Start", MERGED.minus(Duration.ofDays(60)));
    return root;
  }

  /** A session of the person whose home this is. */
  Session session(String id, String home, Path workingDirectory) {
    homes.add(folder.resolve(home));
    return new Session(id, folder.resolve(home), workingDirectory);
  }

  /** A session in the checkout, a day before the merge. */
  Session session() {
    return session("11111111-1111-4111-8111-111111111111", "ada", checkout);
  }

  /** What a person writes, whatever stood there. */
  void person(String path, String text) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What stands there is committed, before the change. */
  void base(String path, String text) throws IOException {
    person(path, text);
    commit(checkout, "Base", MERGED.minus(Duration.ofDays(30)));
  }

  /** Merges all that stands in the checkout as pull request 1. */
  void merge() throws IOException {
    commit(checkout, "The work (#1)", MERGED);
  }

  static void commit(Path root, String message, Instant time) throws IOException {
    git(root, "add", "-A");
    ProcessBuilder builder =
        new ProcessBuilder(
            "git", "-C", root.toString(), "commit", "-q", "--allow-empty", "-m", message);
    run(builder, time);
  }

  static void git(Path root, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    run(new ProcessBuilder(command), MERGED);
  }

  private static void run(ProcessBuilder builder, Instant time) throws IOException {
    String date = time.getEpochSecond() + " +0000";
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.com",
                "GIT_COMMITTER_NAME", "Ada",
                "GIT_COMMITTER_EMAIL", "ada@example.com",
                "GIT_AUTHOR_DATE", date,
                "GIT_COMMITTER_DATE", date));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(builder.command() + ": " + output).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Has the merge judged from what the agent tells of the sessions.
   *
   * @return each effective line of a file, in order, as {@code exact: the text} or {@code (reason):
   *     the text}
   */
  List<String> verdicts(String path) throws IOException {
    List<String> out = new ArrayList<>();
    Attribution made = attribution();
    try (GitRepository git = GitRepository.open(checkout)) {
      List<String> lines = git.fileAfter(made.change(), path).orElseThrow();
      for (Verdict verdict : made.verdicts()) {
        if (verdict.path().equals(path) && verdict.effective()) {
          String word = verdict.assisted() ? verdict.strategy() : "(" + verdict.reason() + ")";
          out.add(word + ": " + lines.get(verdict.line() - 1).strip());
        }
      }
      return out;
    } catch (GitException e) {
      throw new IOException(e);
    }
  }

  /** The attribution of pull request 1, made once. */
  Attribution attribution() throws IOException {
    Attribution known = made;
    if (known == null) {
      known = attribute();
      made = known;
    }
    return known;
  }

  private Attribution attribute() throws IOException {
    try (Store store =
        Stores.open(StoreOptions.in(Files.createTempDirectory(folder, "data")).withFsync(false))) {
      for (Interpretation read : exported()) {
        assertThat(read.count(Reason.Kind.REJECTED)).as(read.complaint()).isZero();
        store.commit(read.observations());
      }
      List<Attribution> made = new ArrayList<>();
      Follower.attributeOnce(
          store,
          checkout,
          null,
          Rules.standard(),
          FollowOptions.standard(),
          Clock.fixed(MERGED.plus(Duration.ofDays(3)), ZoneOffset.UTC),
          made::add,
          progress -> {});
      return made.stream()
          .filter(a -> Integer.valueOf(1).equals(a.change().number()))
          .findFirst()
          .orElseThrow();
    } catch (GitException | StoreUnavailableException e) {
      throw new IOException(e);
    }
  }

  private List<Interpretation> exported() throws IOException {
    Interpreter interpreter = new Interpreter();
    List<Interpretation> out = new ArrayList<>();
    for (Path home : homes) {
      try {
        for (ExportLogsServiceRequest request : Exported.of(home)) {
          out.add(interpreter.logs(request, MERGED));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    return out;
  }
}

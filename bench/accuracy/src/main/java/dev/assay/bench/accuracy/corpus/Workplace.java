package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.text.Hands;
import dev.assay.bench.accuracy.transcript.Client;
import dev.assay.bench.accuracy.transcript.EditTools;
import dev.assay.bench.accuracy.transcript.SessionFiles;
import dev.assay.bench.accuracy.transcript.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One developer's machine while one pull request comes about: checkouts and sessions. */
final class Workplace {
  private static final double BESIDE_EDGE = 0.5;

  final Random random;
  final Hands hands = new Hands();
  final Archive archive;
  final Times window;
  final Path checkout;
  private final Path otherCheckout;
  private final SessionFiles files;
  private final List<Session> main = new ArrayList<>();
  private final List<Session> all = new ArrayList<>();

  /** A session with its tools. */
  record Session(Transcript transcript, EditTools tools) {
    Instant now() {
      return transcript.now();
    }
  }

  Workplace(
      Path corpus,
      String developer,
      String repository,
      Archive archive,
      Times window,
      Random random) {
    this.random = random;
    this.archive = archive;
    this.window = window;
    Path mine = corpus.resolve("checkouts").resolve(developer);
    this.checkout = mine.resolve(repository);
    this.otherCheckout = mine.resolve("other");
    this.files = new SessionFiles(corpus.resolve("homes").resolve(developer));
    int sessions = 1 + random.nextInt(2);
    for (int i = 0; i < sessions; i++) {
      main.add(
          open(
              checkout,
              window.merged().minusSeconds(20_000 + random.nextInt(700_000)),
              anyClient()));
    }
  }

  /** One of the sessions in which the pull request's work is done. */
  Session session() {
    return main.get(random.nextInt(main.size()));
  }

  /** A session that begins as the window opens: before every other one. */
  Session atTheOpening() {
    return open(checkout, window.opens().plusSeconds(2), newClient());
  }

  /** A session that ends before the window closes: after every other one. */
  Session atTheClosing() {
    return open(checkout, window.closes().minusSeconds(120), newClient());
  }

  /** A session that ends before the window opens: a minute before, or days. */
  Session tooEarly() {
    Duration gap =
        random.nextDouble() < BESIDE_EDGE
            ? Duration.ofSeconds(90)
            : Duration.ofDays(1 + random.nextInt(8));
    return open(checkout, window.opens().minus(gap), newClient());
  }

  /** A session that starts after the window closes. */
  Session tooLate() {
    Duration gap =
        random.nextDouble() < BESIDE_EDGE
            ? Duration.ofSeconds(2)
            : Duration.ofHours(12 + random.nextInt(90));
    return open(checkout, window.closes().plus(gap), newClient());
  }

  /** A session in another repository's checkout. */
  Session elsewhere() {
    return open(otherCheckout, session().now(), newClient());
  }

  Path other(String path) {
    return otherCheckout.resolve(path);
  }

  /** Writes all sessions down. */
  void save() {
    all.forEach(session -> files.save(session.transcript(), random));
  }

  private Session open(Path cwd, Instant start, Client client) {
    Transcript transcript = new Transcript(client, cwd, start, random);
    Session session = new Session(transcript, new EditTools(transcript));
    all.add(session);
    return session;
  }

  private Client anyClient() {
    return random.nextInt(6) == 0 ? Client.V1_0_53 : newClient();
  }

  private Client newClient() {
    Client[] recent = {Client.V2_1_170, Client.V2_1_197, Client.V2_1_330};
    return recent[random.nextInt(recent.length)];
  }
}

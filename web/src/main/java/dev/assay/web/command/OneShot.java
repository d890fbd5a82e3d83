package dev.assay.web.command;

import dev.assay.proto.signature.Keyring;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.follow.FollowOptions;
import dev.assay.receiver.follow.FollowProgress;
import dev.assay.receiver.follow.Follower;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.PullList;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.report.Filter;
import dev.assay.web.api.VerdictExport;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server's way in one go: the agent's export is interpreted into a store that lives as long as
 * the command, and the follower attributes one repository.
 */
final class OneShot {
  /** Nothing expires here: the sessions may be of any age. */
  private static final int RETENTION_DAYS = 3650;

  private final Config config;
  private final @Nullable Path pulls;
  private final Target target;
  private final Terminal terminal;
  private final PrintWriter table;

  /**
   * @param pulls the list of pull requests; null: those that the history tells
   * @param target where the verdicts go
   * @param table where the table goes
   */
  OneShot(
      Config config, @Nullable Path pulls, Target target, Terminal terminal, PrintWriter table) {
    this.config = config;
    this.pulls = pulls;
    this.target = target;
    this.terminal = terminal;
    this.table = table;
  }

  /**
   * Where verdicts go, and how.
   *
   * @param out null: nowhere
   * @param writeTo the repository that gets notes; null for every other format
   */
  record Target(ExportFormat format, @Nullable Path out, @Nullable Path writeTo) {
    /** Where lines go while they are judged; the other formats are made at the end. */
    @Nullable Path lines() {
      return format == ExportFormat.JSONL ? out : null;
    }
  }

  void run() throws CommandFailedException, ConfigException, InterruptedException {
    Path repository = config.repositories().get(0);
    Path folder = null;
    Path keyFolder = null;
    try {
      PullList list = pulls == null ? null : PullList.read(pulls);
      Path keyFile = config.keyFile();
      if (config.signature() && keyFile == null) { // nothing is kept: any key will do
        keyFolder = Files.createTempDirectory("assay-attribute-key-");
        keyFile = keyFolder.resolve("key");
        Keyring.make(keyFile);
      }
      Keyring keyring = LineKeys.read(keyFile, config.data());
      folder = Files.createTempDirectory("assay-attribute-");
      StoreOptions options =
          StoreOptions.in(folder).withFsync(false).withLineRetentionDays(RETENTION_DAYS);
      try (Store store = Stores.open(options);
          VerdictLines verdicts = VerdictLines.to(target.lines())) {
        new AgentExport(config.claudeHomes(), config.signature() ? keyFile : null, terminal)
            .into(store);
        Outcome outcome = new Outcome();
        Follower.attributeOnce(
            store,
            repository,
            list,
            Rules.standard().excluding(config.exclude(), config.excludeMarkers()),
            FollowOptions.standard()
                .withLineRetention(Duration.ofDays(RETENTION_DAYS))
                .withKeyring(keyring),
            Clock.systemUTC(),
            attribution -> {
              outcome.add(attribution);
              verdicts.add(attribution);
            },
            this::show);
        terminal.clear();
        outcome.print(table);
        if (target.format() != ExportFormat.JSONL) {
          export(store.reports());
        }
      }
    } catch (GitException | StoreUnavailableException | IOException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (VerdictLines.WriteFailed e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } finally {
      terminal.clear();
      remove(folder);
      remove(keyFolder);
    }
  }

  /** As {@code assay export} does it, from this store. */
  private void export(Reports reports) throws CommandFailedException, IOException {
    Path whole = Files.createTempFile("assay-attribute-", ".export");
    try {
      try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(whole))) {
        if (target.format() == ExportFormat.CSV) {
          VerdictExport.csv(reports, Filter.ALL, to);
        } else {
          VerdictExport.agentTraces(reports, Filter.ALL, to);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      Path file = target.out();
      Path repository = target.writeTo();
      try (InputStream from = Files.newInputStream(whole)) {
        if (repository != null) {
          NotesExport.into(repository, from).print(table);
        } else if (file != null) {
          ExportCommand.toFile(from, file);
        }
      }
    } finally {
      Files.delete(whole);
    }
  }

  private void show(FollowProgress progress) {
    terminal.progress(
        "Attributing "
            + progress.done()
            + " of "
            + progress.total()
            + (progress.current() == null ? "" : " (" + progress.current() + ")"));
  }

  private void remove(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      terminal.say("assay: " + folder + " could not be removed: " + e.getMessage());
    }
  }
}

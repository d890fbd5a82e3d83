package dev.assay.agent.outbound;

import dev.assay.agent.checkout.Checkout;
import dev.assay.agent.checkout.Checkouts;
import dev.assay.agent.observe.Observation;
import dev.assay.agent.observe.Observation.AppliedEdit;
import dev.assay.agent.observe.Observation.Decision;
import dev.assay.agent.observe.Observation.GitOperation;
import dev.assay.agent.observe.Observation.RepositoryNamed;
import dev.assay.agent.observe.Observation.SessionSeen;
import dev.assay.agent.observe.Observation.Usage;
import dev.assay.agent.privacy.Withholding;
import dev.assay.agent.privacy.Withholding.Ruling;
import dev.assay.agent.wire.Batcher;
import dev.assay.agent.wire.LogRecords;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gives each observation its repository, takes away what must stay here, and passes it on as a log
 * record. What happened in a checkout that is gone waits until {@link #flush}: a later record may
 * still name its repository.
 */
public final class Outbound implements Consumer<Observation> {
  /** More waiting observations are passed on without a repository. */
  private static final int LIMIT_WAITING = 10_000;

  private final Checkouts checkouts;
  private final Withholding withholding;
  private final LogRecords records;
  private final Batcher batcher;
  private final FolderNames folders = new FolderNames();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  public Outbound(
      Checkouts checkouts, Withholding withholding, LogRecords records, Batcher batcher) {
    this.checkouts = checkouts;
    this.withholding = withholding;
    this.records = records;
    this.batcher = batcher;
  }

  @Override
  public void accept(Observation observation) {
    if (observation instanceof SessionSeen seen) {
      List<String> names = repositories(observation);
      send(records.session(seen, names, checkouts.email(seen.context().cwd())));
    } else if (observation instanceof Decision decision) {
      send(records.decision(decision));
    } else if (observation instanceof Usage usage) {
      send(records.usage(usage));
    } else if (observation instanceof AppliedEdit edit) {
      edit(edit);
    } else if (observation instanceof GitOperation operation) {
      git(operation);
    } else if (observation instanceof RepositoryNamed named) {
      folders.learnFrom(named.context().cwd(), named.pullRequestUrl());
    }
  }

  /** Passes on all that waits. */
  public void flush() throws IOException {
    try {
      waiting.forEach(Runnable::run);
      waiting.clear();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    batcher.flush();
  }

  /** How many log records were passed on, by event name. */
  public synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  private List<String> repositories(Observation observation) {
    String cwd = observation.context().cwd();
    List<String> names = checkouts.of(cwd).map(Checkout::repositories).orElse(List.of());
    folders.learn(cwd, names);
    return names;
  }

  private void edit(AppliedEdit edit) {
    Ruling ruling = withholding.of(edit);
    if (!"no-checkout".equals(ruling.reason())) {
      folders.learn(edit.context().cwd(), ruling.repositories());
      records.edit(edit, ruling, ruling.repositories()).forEach(this::send);
      return;
    }
    // Its lines stay here, so that waiting costs no memory.
    AppliedEdit counted = edit.withoutText();
    later(() -> records.edit(counted, ruling, namesOf(counted)).forEach(this::send));
  }

  private void git(GitOperation operation) {
    List<String> names = repositories(operation);
    if (names.isEmpty()) {
      later(() -> send(records.git(operation, namesOf(operation))));
    } else {
      send(records.git(operation, names));
    }
  }

  private List<String> namesOf(Observation observation) {
    return folders.of(observation.context().cwd());
  }

  private void later(Runnable send) {
    if (waiting.size() >= LIMIT_WAITING) {
      waiting.forEach(Runnable::run);
      waiting.clear();
    }
    waiting.add(send);
  }

  private void send(LogRecord record) {
    synchronized (this) {
      counts.merge(record.getEventName(), 1L, Long::sum);
    }
    try {
      batcher.add(record);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package dev.assay.store.journal;

import com.google.protobuf.Timestamp;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import dev.assay.store.journal.v1.Claim;
import dev.assay.store.journal.v1.Decision;
import dev.assay.store.journal.v1.Edit;
import dev.assay.store.journal.v1.Entry;
import dev.assay.store.journal.v1.Exporter;
import dev.assay.store.journal.v1.GitOperation;
import dev.assay.store.journal.v1.Sample;
import dev.assay.store.journal.v1.Session;
import dev.assay.store.journal.v1.Usage;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Observations as an entry; {@link EntryReader} is the inverse. */
final class EntryWriter {
  private EntryWriter() {}

  static byte[] bytes(Collection<? extends Observation> observations) {
    Entry.Builder entry = Entry.newBuilder();
    for (Observation each : observations) {
      if (each instanceof SessionObservation session) {
        entry.addSessions(session(session));
      } else if (each instanceof DecisionObservation decision) {
        entry.addDecisions(decision(decision));
      } else if (each instanceof EditObservation edit) {
        entry.addEdits(edit(edit));
      } else if (each instanceof UsageObservation usage) {
        entry.addUsages(usage(usage));
      } else if (each instanceof GitObservation git) {
        entry.addGitOperations(git(git));
      } else if (each instanceof MetricSample sample) {
        entry.addSamples(sample(sample));
      } else if (each instanceof ExporterSeen exporter) {
        entry.addExporters(exporter(exporter));
      }
    }
    return entry.build().toByteArray();
  }

  private static Session session(SessionObservation from) {
    Session.Builder to =
        Session.newBuilder()
            .setSource(source(from.source()))
            .setTime(time(from.time()))
            .setSessionId(from.sessionId())
            .setIdentity(identity(from.identity()))
            .setOwnRecord(from.ownRecord());
    set(from.terminalType(), to::setTerminalType);
    set(from.entrypoint(), to::setEntrypoint);
    set(from.accountKind(), to::setAccountKind);
    set(from.remote(), to::setRemote);
    set(from.clientVersion(), to::setClientVersion);
    set(from.host(), to::setHost);
    return to.build();
  }

  private static Decision decision(DecisionObservation from) {
    Decision.Builder to =
        Decision.newBuilder()
            .setSource(source(from.source()))
            .setTime(time(from.time()))
            .setToolUseId(from.toolUseId())
            .setClaim(claim(from.session()))
            .setTool(from.tool())
            .setOutcome(outcome(from.outcome()));
    set(from.decisionSource(), to::setDecisionSource);
    set(from.language(), to::setLanguage);
    return to.build();
  }

  private static Edit edit(EditObservation from) {
    Edit.Builder to =
        Edit.newBuilder()
            .setSource(source(from.source()))
            .setTime(time(from.time()))
            .setToolUseId(from.toolUseId())
            .setClaim(claim(from.session()))
            .setTool(from.tool())
            .addAllRepositories(from.repositories())
            .setLinesAdded(from.linesAdded())
            .setLinesRemoved(from.linesRemoved())
            .setPart(from.part())
            .setParts(from.parts())
            .setUserModified(from.userModified())
            .setPartial(from.partial());
    set(from.branch(), to::setBranch);
    set(from.path(), to::setPath);
    set(from.lines(), to::setLines);
    set(from.withheld(), to::setWithheld);
    return to.build();
  }

  private static Usage usage(UsageObservation from) {
    Usage.Builder to =
        Usage.newBuilder()
            .setSource(source(from.source()))
            .setTime(time(from.time()))
            .setClaim(claim(from.session()))
            .setModel(from.model())
            .setInputTokens(from.inputTokens())
            .setOutputTokens(from.outputTokens())
            .setCacheReadTokens(from.cacheReadTokens())
            .setCacheCreationTokens(from.cacheCreationTokens())
            .setSidechain(from.sidechain());
    set(from.messageId(), to::setMessageId);
    set(from.requestId(), to::setRequestId);
    if (from.costUsd() != null) {
      to.setCostUsd(from.costUsd().toString());
    }
    if (from.estimatedCostUsd() != null) {
      to.setEstimatedCostUsd(from.estimatedCostUsd().toString());
    }
    set(from.speed(), to::setSpeed);
    set(from.querySource(), to::setQuerySource);
    return to.build();
  }

  private static GitOperation git(GitObservation from) {
    GitOperation.Builder to =
        GitOperation.newBuilder()
            .setSource(source(from.source()))
            .setTime(time(from.time()))
            .setToolUseId(from.toolUseId())
            .setClaim(claim(from.session()))
            .setOperation(operation(from.operation()))
            .addAllRepositories(from.repositories());
    set(from.branch(), to::setBranch);
    set(from.revision(), to::setRevision);
    set(from.pullRequestUrl(), to::setPullRequestUrl);
    return to.build();
  }

  private static Sample sample(MetricSample from) {
    Sample.Builder to =
        Sample.newBuilder()
            .setTime(time(from.time()))
            .setName(from.name())
            .setUnit(from.unit())
            .putAllAttributes(from.attributes())
            .setIdentity(identity(from.identity()))
            .setCumulative(from.cumulative())
            .setValue(from.value());
    if (from.startTime() != null) {
      to.setStartTime(time(from.startTime()));
    }
    set(from.sessionId(), to::setSessionId);
    return to.build();
  }

  private static Exporter exporter(ExporterSeen from) {
    Exporter.Builder to =
        Exporter.newBuilder()
            .setSource(source(from.source()))
            .setTime(time(from.time()))
            .setServiceName(from.serviceName())
            .setInstanceId(from.instanceId())
            .setClockSkewMillis(from.clockSkewMillis());
    set(from.version(), to::setVersion);
    set(from.host(), to::setHost);
    return to.build();
  }

  private static Claim claim(SessionClaim from) {
    Claim.Builder to = Claim.newBuilder().setSessionId(from.sessionId());
    if (from.startedAt() != null) {
      to.setStartedAt(time(from.startedAt()));
    }
    return to.build();
  }

  private static dev.assay.store.journal.v1.Identity identity(Identity from) {
    var to = dev.assay.store.journal.v1.Identity.newBuilder();
    set(from.email(), to::setEmail);
    set(from.accountId(), to::setAccountId);
    set(from.apiKeyName(), to::setApiKeyName);
    set(from.gitEmail(), to::setGitEmail);
    set(from.endUserId(), to::setEndUserId);
    set(from.installId(), to::setInstallId);
    return to.build();
  }

  private static Timestamp time(Instant from) {
    return Timestamp.newBuilder()
        .setSeconds(from.getEpochSecond())
        .setNanos(from.getNano())
        .build();
  }

  private static dev.assay.store.journal.v1.Source source(Source from) {
    return switch (from) {
      case TRANSCRIPT -> dev.assay.store.journal.v1.Source.SOURCE_TRANSCRIPT;
      case HOOK -> dev.assay.store.journal.v1.Source.SOURCE_HOOK;
      case EVENT -> dev.assay.store.journal.v1.Source.SOURCE_EVENT;
      case METRIC -> dev.assay.store.journal.v1.Source.SOURCE_METRIC;
    };
  }

  private static Decision.Outcome outcome(DecisionObservation.Outcome from) {
    return switch (from) {
      case ACCEPTED -> Decision.Outcome.OUTCOME_ACCEPTED;
      case REJECTED -> Decision.Outcome.OUTCOME_REJECTED;
      case BLOCKED -> Decision.Outcome.OUTCOME_BLOCKED;
      case NONE -> Decision.Outcome.OUTCOME_NONE;
    };
  }

  private static GitOperation.Operation operation(GitObservation.Operation from) {
    return switch (from) {
      case COMMIT -> GitOperation.Operation.OPERATION_COMMIT;
      case PUSH -> GitOperation.Operation.OPERATION_PUSH;
      case PULL_REQUEST -> GitOperation.Operation.OPERATION_PULL_REQUEST;
    };
  }

  private static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}

package dev.assay.store.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ProtocolMessageEnum;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The observations of an entry; the inverse of {@link EntryWriter}. */
final class EntryReader {
  private EntryReader() {}

  /**
   * @throws InvalidProtocolBufferException where the entry holds what this version does not know
   */
  static List<Observation> observations(byte[] bytes) throws InvalidProtocolBufferException {
    Entry entry = Entry.parseFrom(bytes);
    List<Observation> all = new ArrayList<>();
    for (Session each : entry.getSessionsList()) {
      all.add(session(each));
    }
    for (Decision each : entry.getDecisionsList()) {
      all.add(decision(each));
    }
    for (Edit each : entry.getEditsList()) {
      all.add(edit(each));
    }
    for (Usage each : entry.getUsagesList()) {
      all.add(usage(each));
    }
    for (GitOperation each : entry.getGitOperationsList()) {
      all.add(git(each));
    }
    for (Sample each : entry.getSamplesList()) {
      all.add(sample(each));
    }
    for (Exporter each : entry.getExportersList()) {
      all.add(exporter(each));
    }
    return all;
  }

  private static SessionObservation session(Session from) throws InvalidProtocolBufferException {
    return new SessionObservation(
        source(from.getSource()),
        time(from.getTime()),
        from.getSessionId(),
        identity(from.getIdentity()),
        from.hasTerminalType() ? from.getTerminalType() : null,
        from.hasEntrypoint() ? from.getEntrypoint() : null,
        from.hasAccountKind() ? from.getAccountKind() : null,
        from.hasRemote() ? from.getRemote() : null,
        from.hasClientVersion() ? from.getClientVersion() : null,
        from.hasHost() ? from.getHost() : null,
        from.getOwnRecord());
  }

  private static DecisionObservation decision(Decision from) throws InvalidProtocolBufferException {
    return new DecisionObservation(
        source(from.getSource()),
        time(from.getTime()),
        from.getToolUseId(),
        claim(from.getClaim()),
        from.getTool(),
        switch (from.getOutcome()) {
          case OUTCOME_ACCEPTED -> DecisionObservation.Outcome.ACCEPTED;
          case OUTCOME_REJECTED -> DecisionObservation.Outcome.REJECTED;
          case OUTCOME_BLOCKED -> DecisionObservation.Outcome.BLOCKED;
          case OUTCOME_NONE -> DecisionObservation.Outcome.NONE;
          case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw unknown(from.getOutcome());
        },
        from.hasDecisionSource() ? from.getDecisionSource() : null,
        from.hasLanguage() ? from.getLanguage() : null);
  }

  private static EditObservation edit(Edit from) throws InvalidProtocolBufferException {
    return new EditObservation(
        source(from.getSource()),
        time(from.getTime()),
        from.getToolUseId(),
        claim(from.getClaim()),
        from.getTool(),
        from.getRepositoriesList(),
        from.hasBranch() ? from.getBranch() : null,
        from.hasPath() ? from.getPath() : null,
        from.getLinesAdded(),
        from.getLinesRemoved(),
        from.hasLines() ? from.getLines() : null,
        from.getPart(),
        from.getParts(),
        from.getUserModified(),
        from.getPartial(),
        from.hasWithheld() ? from.getWithheld() : null);
  }

  private static UsageObservation usage(Usage from) throws InvalidProtocolBufferException {
    return new UsageObservation(
        source(from.getSource()),
        time(from.getTime()),
        from.hasMessageId() ? from.getMessageId() : null,
        from.hasRequestId() ? from.getRequestId() : null,
        claim(from.getClaim()),
        from.getModel(),
        from.getInputTokens(),
        from.getOutputTokens(),
        from.getCacheReadTokens(),
        from.getCacheCreationTokens(),
        from.hasCostUsd() ? money(from.getCostUsd()) : null,
        from.hasEstimatedCostUsd() ? money(from.getEstimatedCostUsd()) : null,
        from.hasSpeed() ? from.getSpeed() : null,
        from.hasQuerySource() ? from.getQuerySource() : null,
        from.getSidechain());
  }

  private static GitObservation git(GitOperation from) throws InvalidProtocolBufferException {
    return new GitObservation(
        source(from.getSource()),
        time(from.getTime()),
        from.getToolUseId(),
        claim(from.getClaim()),
        switch (from.getOperation()) {
          case OPERATION_COMMIT -> GitObservation.Operation.COMMIT;
          case OPERATION_PUSH -> GitObservation.Operation.PUSH;
          case OPERATION_PULL_REQUEST -> GitObservation.Operation.PULL_REQUEST;
          case OPERATION_UNSPECIFIED, UNRECOGNIZED -> throw unknown(from.getOperation());
        },
        from.getRepositoriesList(),
        from.hasBranch() ? from.getBranch() : null,
        from.hasRevision() ? from.getRevision() : null,
        from.hasPullRequestUrl() ? from.getPullRequestUrl() : null);
  }

  private static MetricSample sample(Sample from) {
    return new MetricSample(
        time(from.getTime()),
        from.hasStartTime() ? time(from.getStartTime()) : null,
        from.getName(),
        from.getUnit(),
        new TreeMap<>(from.getAttributesMap()),
        from.hasSessionId() ? from.getSessionId() : null,
        identity(from.getIdentity()),
        from.getCumulative(),
        from.getValue());
  }

  private static ExporterSeen exporter(Exporter from) throws InvalidProtocolBufferException {
    return new ExporterSeen(
        source(from.getSource()),
        time(from.getTime()),
        from.getServiceName(),
        from.getInstanceId(),
        from.hasVersion() ? from.getVersion() : null,
        from.hasHost() ? from.getHost() : null,
        from.getClockSkewMillis());
  }

  private static SessionClaim claim(Claim from) {
    return new SessionClaim(
        from.getSessionId(), from.hasStartedAt() ? time(from.getStartedAt()) : null);
  }

  private static Identity identity(dev.assay.store.journal.v1.Identity from) {
    return new Identity(
        from.hasEmail() ? from.getEmail() : null,
        from.hasAccountId() ? from.getAccountId() : null,
        from.hasApiKeyName() ? from.getApiKeyName() : null,
        from.hasGitEmail() ? from.getGitEmail() : null,
        from.hasEndUserId() ? from.getEndUserId() : null,
        from.hasInstallId() ? from.getInstallId() : null);
  }

  private static Instant time(Timestamp from) {
    return Instant.ofEpochSecond(from.getSeconds(), from.getNanos());
  }

  private static Source source(dev.assay.store.journal.v1.Source from)
      throws InvalidProtocolBufferException {
    return switch (from) {
      case SOURCE_TRANSCRIPT -> Source.TRANSCRIPT;
      case SOURCE_HOOK -> Source.HOOK;
      case SOURCE_EVENT -> Source.EVENT;
      case SOURCE_METRIC -> Source.METRIC;
      case SOURCE_UNSPECIFIED, UNRECOGNIZED -> throw unknown(from);
    };
  }

  private static @Nullable BigDecimal money(String from) throws InvalidProtocolBufferException {
    try {
      return new BigDecimal(from);
    } catch (NumberFormatException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }

  private static InvalidProtocolBufferException unknown(ProtocolMessageEnum value) {
    return new InvalidProtocolBufferException("a value of a newer version: " + value);
  }
}

package dev.assay.agent.observe;

import dev.assay.agent.capture.Envelope;
import dev.assay.agent.capture.HookRecord;
import dev.assay.agent.capture.Origin;
import dev.assay.agent.capture.Pending;
import dev.assay.agent.capture.Place;
import dev.assay.agent.capture.ProposalReader;
import dev.assay.agent.capture.RecordHandler;
import dev.assay.agent.capture.ToolOutput.EditOutput;
import dev.assay.agent.capture.ToolOutput.GitOutput;
import dev.assay.agent.capture.TranscriptRecord;
import dev.assay.agent.capture.TranscriptRecord.Other;
import dev.assay.agent.capture.TranscriptRecord.PullRequestLink;
import dev.assay.agent.capture.TranscriptRecord.Response;
import dev.assay.agent.capture.TranscriptRecord.ToolResult;
import dev.assay.agent.capture.TranscriptRecord.ToolUse;
import dev.assay.agent.observe.Observation.AppliedEdit;
import dev.assay.agent.observe.Observation.Context;
import dev.assay.agent.observe.Observation.Decision;
import dev.assay.agent.observe.Observation.EditHunk;
import dev.assay.agent.observe.Observation.GitOperation;
import dev.assay.agent.observe.Observation.RepositoryNamed;
import dev.assay.agent.observe.Observation.SessionSeen;
import dev.assay.agent.observe.Observation.Usage;
import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes observations of a transcript's records. One thread uses it. */
public final class Observer implements RecordHandler {
  /** A session that goes on is told of again after this time. */
  private static final long TELL_AGAIN_NANOS = 60_000_000_000L;

  private static final String SYNTHETIC = "<synthetic>";

  private final Consumer<Observation> out;
  private final Complaints complaints;
  private @Nullable Usage heldUsage;

  /**
   * @param out takes the observations, in their order
   */
  public Observer(Consumer<Observation> out, Complaints complaints) {
    this.out = out;
    this.complaints = complaints;
  }

  @Override
  public void record(TranscriptRecord record, Origin origin) {
    Envelope envelope = record.envelope();
    Place place = origin.place();
    if (envelope.timeUnixNanos() != 0) {
      place.seen(envelope.timeUnixNanos());
      if (place.startedAtUnixNanos() == 0 && !envelope.copied()) {
        place.startedAt(envelope.timeUnixNanos());
      }
    }
    boolean news = place.learn(envelope);
    Context context = context(envelope, origin);
    if (news && origin.own() && place.version() != null) {
      tellOfSession(place, context);
    }
    if (record instanceof Response response) {
      response(response, context, origin);
    } else if (record instanceof ToolResult result) {
      result(result, context, origin);
    } else if (record instanceof PullRequestLink link) {
      out.accept(new RepositoryNamed(context, link.url()));
    } else if (record instanceof Other) {
      return; // its envelope was all
    }
  }

  @Override
  public void endOfFile(Origin origin) {
    releaseUsage();
    Place place = origin.place();
    if (origin.own()
        && place.version() != null
        && place.lastSeenUnixNanos() - place.toldUnixNanos() >= TELL_AGAIN_NANOS) {
      Context context =
          new Context(
              origin.sessionId(),
              place.startedAtUnixNanos(),
              place.lastSeenUnixNanos(),
              place.cwd(),
              null,
              false,
              false);
      tellOfSession(place, context);
    }
  }

  /**
   * An edit that a hook tells of. One that a person changed is left to the transcript, which also
   * has the proposal.
   */
  public void hook(HookRecord hook, long nowUnixNanos, long sessionStartedUnixNanos) {
    EditOutput edit = hook.edit();
    if (!EditTool.is(hook.tool()) || edit.userModified() || failed(edit)) {
      return;
    }
    Context context =
        new Context(
            hook.sessionId(), sessionStartedUnixNanos, nowUnixNanos, hook.cwd(), null, false, true);
    String language = Language.of(edit.path());
    out.accept(
        new Decision(
            context, hook.toolUseId(), hook.tool(), Observation.Outcome.ACCEPTED, null, language));
    out.accept(
        AppliedEdit.of(
            context, hook.toolUseId(), hook.tool(), edit.path(), Hunks.of(edit), false, language));
  }

  private void tellOfSession(Place place, Context context) {
    place.told(context.timeUnixNanos());
    out.accept(new SessionSeen(context, place.version(), place.entrypoint()));
  }

  private static Context context(Envelope envelope, Origin origin) {
    Place place = origin.place();
    boolean ownSession = origin.own() && envelope.sessionId().equals(origin.sessionId());
    long started =
        ownSession
            ? place.startedAtUnixNanos()
            : origin.starts().getOrDefault(envelope.sessionId(), 0L);
    long time =
        envelope.timeUnixNanos() == 0 ? place.lastSeenUnixNanos() : envelope.timeUnixNanos();
    String cwd = envelope.cwd() == null ? place.cwd() : envelope.cwd();
    return new Context(
        envelope.sessionId(), started, time, cwd, envelope.branch(), envelope.sidechain(), false);
  }

  private void response(Response response, Context context, Origin origin) {
    for (ToolUse use : response.toolUses()) {
      if (EditTool.is(use.name())) {
        propose(use, origin);
      }
    }
    String model = response.model();
    if (response.usage() == null || model == null || model.equals(SYNTHETIC)) {
      return;
    }
    String id = response.messageId();
    if (id == null && response.requestId() == null) {
      id = response.envelope().uuid(); // such a record has no other line to be united with
    }
    if (id == null && response.requestId() == null) {
      complaints.add(
          "usage-without-id",
          origin.file().toString(),
          origin.file() + ": a response without any id; its tokens are not counted");
      return;
    }
    hold(new Usage(context, id, response.requestId(), model, response.usage()));
  }

  /**
   * A response has a line for each block of its content, old clients with a placeholder's usage at
   * first. Only the last of neighbouring lines is passed on; the receiver takes the largest of what
   * still comes twice.
   */
  private void hold(Usage usage) {
    Usage held = heldUsage;
    if (held != null && !(sameResponse(held, usage) && total(usage) >= total(held))) {
      releaseUsage();
    }
    heldUsage = usage;
  }

  private void releaseUsage() {
    if (heldUsage != null) {
      out.accept(heldUsage);
      heldUsage = null;
    }
  }

  private static boolean sameResponse(Usage a, Usage b) {
    return a.context().sessionId().equals(b.context().sessionId())
        && Objects.equals(a.messageId(), b.messageId())
        && Objects.equals(a.requestId(), b.requestId());
  }

  private static long total(Usage usage) {
    return usage.tokens().input()
        + usage.tokens().output()
        + usage.tokens().cacheRead()
        + usage.tokens().cacheCreation();
  }

  private void propose(ToolUse use, Origin origin) {
    Pending proposal = new Pending(use.name(), use.path(), origin.lineOffset(), origin.lineBytes());
    if (origin.place().propose(use.id(), proposal)) {
      complaints.add(
          "proposals-forgotten",
          origin.file().toString(),
          origin.file() + ": too many proposed edits without a result; the oldest are forgotten");
    }
  }

  private void result(ToolResult result, Context context, Origin origin) {
    if (result.output() instanceof GitOutput git) {
      gitOperations(git, result.toolUseId(), context);
      return;
    }
    Pending pending = origin.place().answered(result.toolUseId());
    EditOutput edit = result.edit();
    String tool = pending != null ? pending.tool() : edit != null ? toolOf(edit) : null;
    if (tool == null) {
      return; // of a tool that edits nothing
    }
    String path = edit != null ? edit.path() : pending == null ? null : pending.path();
    String language = path == null ? Language.UNKNOWN : Language.of(path);
    Outcomes.Verdict verdict = Outcomes.of(result);
    if (verdict != null) {
      out.accept(
          new Decision(
              context, result.toolUseId(), tool, verdict.outcome(), verdict.source(), language));
    }
    boolean applied =
        !result.error() && verdict != null && verdict.outcome() == Observation.Outcome.ACCEPTED;
    if (applied && edit != null && !failed(edit)) {
      List<EditHunk> hunks = Hunks.of(edit);
      if (edit.userModified()) {
        hunks = Hunks.inBoth(hunks, proposed(pending, result.toolUseId(), origin));
      }
      out.accept(
          AppliedEdit.of(
              context,
              result.toolUseId(),
              tool,
              edit.path(),
              hunks,
              edit.userModified(),
              language));
    }
  }

  private static boolean failed(EditOutput edit) {
    return edit.notebook() != null
        && edit.notebook().error() != null
        && !edit.notebook().error().isEmpty();
  }

  /**
   * Without the line that asked for it (it was cut off, or forgotten) the output tells the tool.
   */
  private static String toolOf(EditOutput edit) {
    if (edit.notebook() != null) {
      return "NotebookEdit";
    }
    return edit.kind() != null ? "Write" : "Edit";
  }

  private List<String> proposed(@Nullable Pending pending, String toolUseId, Origin origin) {
    if (pending != null) {
      try {
        return ProposalReader.read(origin.file(), pending, toolUseId).stream()
            .flatMap(text -> Hunks.lines(text).stream())
            .toList();
      } catch (IOException unreadable) {
        // Then nothing is known to be Claude's, as below.
      }
    }
    complaints.add(
        "proposal-lost",
        origin.file().toString(),
        origin.file() + ": an edit was changed by a person and its proposal is lost; no lines");
    return List.of();
  }

  private void gitOperations(GitOutput git, String toolUseId, Context context) {
    if (git.commit() != null) {
      out.accept(
          new GitOperation(
              context, toolUseId, GitOperation.Kind.COMMIT, git.branch(), git.commit(), null));
    }
    if (git.pushed()) {
      out.accept(
          new GitOperation(context, toolUseId, GitOperation.Kind.PUSH, git.branch(), null, null));
    }
    if (git.pullRequestUrl() != null) {
      out.accept(new RepositoryNamed(context, git.pullRequestUrl()));
    }
    if ("created".equals(git.pullRequestAction())) {
      out.accept(
          new GitOperation(
              context,
              toolUseId,
              GitOperation.Kind.PULL_REQUEST,
              git.branch(),
              null,
              git.pullRequestUrl()));
    }
  }
}

package dev.assay.store.fact;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edit that was applied. Key: {@code toolUseId}.
 *
 * @param time when it was applied; decides whether it lies in a pull request's window
 * @param repositories every remote of the checkout, as {@code host/owner/name}, or {@code
 *     local/<root commit>}; empty where unknown
 * @param path relative to the root of the checkout, forward slashes; null where it may not travel
 *     or is unknown
 * @param linesAdded raw {@code +} lines, blank ones included
 * @param linesRemoved raw {@code -} lines
 * @param lines a serialised {@code EditLines}, which is only looked into where single lines matter;
 *     null where they stay at home or the source has none
 * @param part which part of the edit's lines this is, from 0
 * @param parts how many there are; the lines are a fact when all are in
 * @param partial whether the source cut its values, so that lines may be missing
 * @param withheld why lines stay at home ({@code ignored}, {@code outside}, {@code no-checkout}),
 *     else null
 */
public record EditObservation(
    Source source,
    Instant time,
    String toolUseId,
    SessionClaim session,
    String tool,
    List<String> repositories,
    @Nullable String branch,
    @Nullable String path,
    int linesAdded,
    int linesRemoved,
    @Nullable ByteString lines,
    int part,
    int parts,
    boolean userModified,
    boolean partial,
    @Nullable String withheld)
    implements Observation {
  public EditObservation {
    repositories = List.copyOf(repositories);
  }
}

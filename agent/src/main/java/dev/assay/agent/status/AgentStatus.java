package dev.assay.agent.status;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent did so far, as {@code status.json} says it.
 *
 * @param state {@code scanning}, {@code following} or {@code stopped}
 * @param bytesTotal of all transcripts
 * @param bytesRead of them, by this process or an earlier one
 * @param recordsRead lines that this process read
 * @param recordsSkipped what went wrong, by reason
 * @param observations log records by event name
 * @param withheld edits whose lines stayed here, by reason
 * @param spooledBytes not delivered yet
 * @param exported log records that were acknowledged
 * @param refused log records that the receiver refused for good
 * @param checkouts where sessions worked
 * @param lastError the newest, or null
 */
public record AgentStatus(
    String state,
    List<String> claudeHomes,
    int transcripts,
    long bytesTotal,
    long bytesRead,
    long recordsRead,
    Map<String, Long> recordsSkipped,
    Map<String, Long> observations,
    Map<String, Long> withheld,
    long spooledBytes,
    long exported,
    long refused,
    List<CheckoutSeen> checkouts,
    @Nullable String lastError) {

  /**
   * A checkout on this machine. It stands in the file for the server beside the agent, and is never
   * sent.
   */
  public record CheckoutSeen(String root, List<String> repositories) {}
}

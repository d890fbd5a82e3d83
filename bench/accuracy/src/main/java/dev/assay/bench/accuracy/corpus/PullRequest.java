package dev.assay.bench.accuracy.corpus;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One entry of pulls.json.
 *
 * @param mergedAt ISO-8601, whole seconds
 * @param mergeCommit the merge, or the last commit that reached the default branch
 * @param base where the branch started
 * @param head the branch's last commit
 * @param repo owner/name
 */
record PullRequest(
    int number,
    String title,
    String author,
    @JsonProperty("merged_at") String mergedAt,
    @JsonProperty("merge_commit") String mergeCommit,
    String base,
    String head,
    String repo) {}

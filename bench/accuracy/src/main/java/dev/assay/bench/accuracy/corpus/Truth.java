package dev.assay.bench.accuracy.corpus;

/**
 * One row of truth.jsonl: what is true of one added line.
 *
 * @param pr the pull request's number
 * @param path after the change
 * @param line 1-based, in the file after the change
 * @param truth {@code claude}, {@code human}, {@code unjudged} or {@code excluded}
 * @param kind how the line came about
 * @param reason why it is not judged; empty where it is
 * @param effective whether it counts at all
 * @param text the raw line
 */
public record Truth(
    int pr,
    String path,
    int line,
    String truth,
    String kind,
    String reason,
    boolean effective,
    String text) {}

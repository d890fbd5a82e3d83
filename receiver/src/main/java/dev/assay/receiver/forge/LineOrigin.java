package dev.assay.receiver.forge;

/**
 * Where a line was written.
 *
 * @param commit that wrote it
 * @param path of its file there
 * @param line 1-based, there
 */
public record LineOrigin(String commit, String path, int line) {}

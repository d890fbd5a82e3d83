package dev.assay.store;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A whole copy of a store, in a directory of its own.
 *
 * @param directory where it lies
 * @param madeAt when it was begun: what was acknowledged before is in it
 * @param schema of its tables
 * @param bytes of all its files
 */
public record Backup(Path directory, Instant madeAt, int schema, long bytes) {}

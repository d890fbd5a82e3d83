package dev.assay.store.report;

/** Tokens by type. */
public record Tokens(long input, long output, long cacheRead, long cacheCreation) {}

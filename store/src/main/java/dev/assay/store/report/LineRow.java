package dev.assay.store.report;

import dev.assay.store.fact.Verdict;

/** A verdict with the key of its change. */
public record LineRow(String changeKey, Verdict verdict) {}

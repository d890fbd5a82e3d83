package dev.assay.store.report;

import java.math.BigDecimal;

/** Spend of one user with one model. */
public record SpendRow(
    String user, String model, long requests, Tokens tokens, BigDecimal costUsd) {}

package dev.assay.store.report;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Someone who ever appeared, with what they spent and had accepted in a month. */
public record TeamMember(
    String user, BigDecimal spendUsd, long linesAccepted, @Nullable Instant lastActive) {}

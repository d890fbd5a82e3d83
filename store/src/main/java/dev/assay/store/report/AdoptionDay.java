package dev.assay.store.report;

import java.time.LocalDate;

/** Active users and sessions of one day. */
public record AdoptionDay(LocalDate day, long users, long sessions) {}

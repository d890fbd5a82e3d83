/**
 * The formats in which other tools take verdicts over: Agent Trace records and git-ai authorship
 * notes. Pure functions: what is read and where it is written is the caller's.
 */
@NullMarked
package dev.assay.web.interchange;

import org.jspecify.annotations.NullMarked;

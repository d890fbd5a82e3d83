/**
 * The agent beside Claude Code's sessions: capture, observe, outbound, spool, ship. {@link
 * dev.assay.agent.Main} is its command line.
 */
@NullMarked
package dev.assay.agent;

import org.jspecify.annotations.NullMarked;

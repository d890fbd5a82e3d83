/** What the agent tells of itself: counters, complaints, and the status file. */
@NullMarked
package dev.assay.agent.status;

import org.jspecify.annotations.NullMarked;

/**
 * Follows repositories: finds what was merged, has it attributed, keeps the verdicts, and does so
 * again where later telemetry changes them. {@link dev.assay.receiver.follow.Follower} is the door.
 */
@NullMarked
package dev.assay.receiver.follow;

import org.jspecify.annotations.NullMarked;

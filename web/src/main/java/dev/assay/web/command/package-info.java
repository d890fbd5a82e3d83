/**
 * The commands of {@code assay}. {@link dev.assay.web.command.Commands} is the door; what the parts
 * do is theirs, here they are only started, watched and stopped.
 */
@NullMarked
package dev.assay.web.command;

import org.jspecify.annotations.NullMarked;

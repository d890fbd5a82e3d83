/** Takes Claude Code's hooks over loopback HTTP, so that an edit is known at once. */
@NullMarked
package dev.assay.agent.hook;

import org.jspecify.annotations.NullMarked;

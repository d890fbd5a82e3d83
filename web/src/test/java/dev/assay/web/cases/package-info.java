/**
 * The hard cases of attribution, each from the transcript that Claude Code writes to the verdict:
 * the real agent, git, store and rules.
 */
@NullMarked
package dev.assay.web.cases;

import org.jspecify.annotations.NullMarked;

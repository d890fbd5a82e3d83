/**
 * The real Claude Code client, driven in a terminal against a scripted stand-in for the model, with
 * Assay beside it. Run by the profile {@code client}.
 */
@NullMarked
package dev.assay.web.client;

import org.jspecify.annotations.NullMarked;

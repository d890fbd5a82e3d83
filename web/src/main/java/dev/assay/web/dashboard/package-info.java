/** Serves the dashboard's pages from the jar. */
@NullMarked
package dev.assay.web.dashboard;

import org.jspecify.annotations.NullMarked;

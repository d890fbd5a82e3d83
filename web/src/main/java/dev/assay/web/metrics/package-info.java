/** What the server counts of itself, as Prometheus text. */
@NullMarked
package dev.assay.web.metrics;

import org.jspecify.annotations.NullMarked;

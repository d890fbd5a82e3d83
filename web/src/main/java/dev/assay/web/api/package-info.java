/** The HTTP API: figures, pull requests with their evidence, exports, health. */
@NullMarked
package dev.assay.web.api;

import org.jspecify.annotations.NullMarked;

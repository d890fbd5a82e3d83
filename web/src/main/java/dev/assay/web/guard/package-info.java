/** What every request passes first: who may ask, and the headers of every answer. */
@NullMarked
package dev.assay.web.guard;

import org.jspecify.annotations.NullMarked;

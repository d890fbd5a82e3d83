/** What the store answers when asked for figures: plain records, one for each row of the API. */
@NullMarked
package dev.assay.store.report;

import org.jspecify.annotations.NullMarked;

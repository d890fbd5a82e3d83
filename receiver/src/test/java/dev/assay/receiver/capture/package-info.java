/** What real clients sent, as the tests read it. */
@NullMarked
package dev.assay.receiver.capture;

import org.jspecify.annotations.NullMarked;

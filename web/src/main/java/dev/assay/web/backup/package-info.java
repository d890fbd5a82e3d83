/** Asks a server that runs for a backup, through its data directory. */
@NullMarked
package dev.assay.web.backup;

import org.jspecify.annotations.NullMarked;

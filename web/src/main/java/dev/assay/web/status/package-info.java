/**
 * What a server and an agent say of themselves in the data directory, for whoever looks at it from
 * outside.
 */
@NullMarked
package dev.assay.web.status;

import org.jspecify.annotations.NullMarked;

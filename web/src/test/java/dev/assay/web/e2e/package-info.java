/** What the README promises, tried on the program as it is started by a user. */
@NullMarked
package dev.assay.web.e2e;

import org.jspecify.annotations.NullMarked;

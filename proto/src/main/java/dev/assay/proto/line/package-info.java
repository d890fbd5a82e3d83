/**
 * Lines of source: how they are normalised and signed. Agent and receiver must compute both alike.
 */
@NullMarked
package dev.assay.proto.line;

import org.jspecify.annotations.NullMarked;

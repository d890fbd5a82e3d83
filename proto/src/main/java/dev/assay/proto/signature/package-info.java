/**
 * Content mode {@code signature}: lines without their text. {@link
 * dev.assay.proto.signature.Keyring} is the door; docs/format/line-signature.md describes it. Agent
 * and receiver must compute it alike.
 */
@NullMarked
package dev.assay.proto.signature;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.assay.proto.signature;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.assay.receiver.interpret;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.assay.receiver.forward;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.assay.receiver.redaction;

import org.jspecify.annotations.NullMarked;

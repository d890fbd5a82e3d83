@NullMarked
package dev.assay.receiver.otlp;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.assay.receiver.access;

import org.jspecify.annotations.NullMarked;

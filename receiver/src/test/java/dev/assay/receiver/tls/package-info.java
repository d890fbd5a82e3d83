@NullMarked
package dev.assay.receiver.tls;

import org.jspecify.annotations.NullMarked;

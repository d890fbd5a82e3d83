@NullMarked
package dev.assay.bench.attribution;

import org.jspecify.annotations.NullMarked;

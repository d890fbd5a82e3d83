@NullMarked
package dev.assay.proto.telemetry;

import org.jspecify.annotations.NullMarked;

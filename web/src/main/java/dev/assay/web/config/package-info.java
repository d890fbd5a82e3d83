/**
 * What Assay is told: flags, environment variables and a YAML file in the shape of the
 * OpenTelemetry Collector's. {@link dev.assay.web.config.Setting} is the one table of them.
 */
@NullMarked
package dev.assay.web.config;

import org.jspecify.annotations.NullMarked;

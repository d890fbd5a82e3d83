/** A made-up organisation to test the API and the dashboard with. */
@NullMarked
package dev.assay.web.sample;

import org.jspecify.annotations.NullMarked;

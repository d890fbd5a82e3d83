/**
 * Looks at this machine and at a server that runs on it, and says what is missing and how to mend
 * it. {@link dev.assay.web.doctor.Doctor} is the door.
 */
@NullMarked
package dev.assay.web.doctor;

import org.jspecify.annotations.NullMarked;

/**
 * Finds the git checkout that a path lies in, by which names its repository is known, and what git
 * ignores there. All of it is asked of git itself.
 */
@NullMarked
package dev.assay.agent.checkout;

import org.jspecify.annotations.NullMarked;

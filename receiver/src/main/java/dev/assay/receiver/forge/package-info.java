/**
 * Merged changes from where they are kept: today a git repository on this machine, through the git
 * command line. {@link dev.assay.receiver.forge.GitRepository} is the door.
 */
@NullMarked
package dev.assay.receiver.forge;

import org.jspecify.annotations.NullMarked;

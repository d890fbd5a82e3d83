/** A bounded queue on disk between reading and shipping. docs/format/spool.md draws its files. */
@NullMarked
package dev.assay.agent.spool;

import org.jspecify.annotations.NullMarked;

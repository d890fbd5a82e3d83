/** The server: its API and dashboard, and the program's commands. */
@NullMarked
package dev.assay.web;

import org.jspecify.annotations.NullMarked;

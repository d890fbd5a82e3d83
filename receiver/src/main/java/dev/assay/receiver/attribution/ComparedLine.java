package dev.assay.receiver.attribution;

/**
 * A line as the rules compare it.
 *
 * @param text what lines are equal by; empty for a blank line
 * @param letters what distances are measured between, a character for each of the normalised line
 * @param effective rule N2
 */
record ComparedLine(String text, String letters, boolean effective) {}

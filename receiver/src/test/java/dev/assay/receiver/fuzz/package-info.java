/** What the fuzzer's targets share. */
@org.jspecify.annotations.NullMarked
package dev.assay.receiver.fuzz;

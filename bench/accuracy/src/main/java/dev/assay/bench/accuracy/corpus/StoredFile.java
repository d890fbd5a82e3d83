package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.text.AuthoredText;
import org.jspecify.annotations.Nullable;

/**
 * A file of a pull request.
 *
 * @param path after it
 * @param basePath before it
 * @param before its text before, or null where it is new
 * @param middle its text after the branch's first commit
 * @param merged its text after, with authors
 * @param crlf whether the repository has it with CRLF
 * @param claudePath where Claude edited it
 */
record StoredFile(
    String path,
    String basePath,
    @Nullable String before,
    String middle,
    AuthoredText merged,
    boolean crlf,
    String claudePath) {}

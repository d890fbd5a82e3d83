package dev.assay.bench.accuracy.score;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What an engine says of one added line; whatever else it says is not judged. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Verdict(int pr, String path, int line, boolean assisted) {}

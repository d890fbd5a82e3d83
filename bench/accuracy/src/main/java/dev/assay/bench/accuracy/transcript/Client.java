package dev.assay.bench.accuracy.transcript;

/**
 * A version of Claude Code whose transcripts are written here, each shape taken from real files.
 */
public enum Client {
  /** Has MultiEdit; its results know neither originalFile (Write) nor userModified (Write). */
  V1_0_53("1.0.53", "claude-sonnet-4-20250514"),
  /** One record per tool use, without the later extras. */
  V2_1_170("2.1.170", "claude-opus-4-6"),
  /** As in testdata/captures/claude-code-2.1.197. */
  V2_1_197("2.1.197", "claude-opus-4-8"),
  /** As in testdata/captures/claude-code-2.1.330: decisions, request records, more attachments. */
  V2_1_330("2.1.330", "claude-opus-5-5");

  private final String version;
  private final String model;

  Client(String version, String model) {
    this.version = version;
    this.model = model;
  }

  String version() {
    return version;
  }

  String model() {
    return model;
  }

  /** Whether it still offers MultiEdit. */
  public boolean hasMultiEdit() {
    return this == V1_0_53;
  }

  /** Whether a result says if the user changed the proposal. */
  public boolean tellsUserModified() {
    return this != V1_0_53;
  }
}

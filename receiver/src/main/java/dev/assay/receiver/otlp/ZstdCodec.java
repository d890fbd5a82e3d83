package dev.assay.receiver.otlp;

import io.grpc.Decompressor;
import java.io.IOException;
import java.io.InputStream;

/** zstd for gRPC, which knows only gzip by itself. */
final class ZstdCodec implements Decompressor {
  @Override
  public String getMessageEncoding() {
    return "zstd";
  }

  @Override
  public InputStream decompress(InputStream in) throws IOException {
    return Compression.ZSTD.open(in);
  }
}

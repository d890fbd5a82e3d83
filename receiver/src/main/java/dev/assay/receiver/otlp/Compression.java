package dev.assay.receiver.otlp;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a request's body is compressed. What comes out is limited by who reads it. */
enum Compression {
  NONE {
    @Override
    InputStream open(InputStream in) {
      return in;
    }
  },
  GZIP {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new GZIPInputStream(in, BUFFER_BYTES);
    }
  },
  ZSTD {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new ZstdInputStreamNoFinalizer(in).setLongMax(LIMIT_WINDOW_LOG);
    }
  };

  /** 8 MiB: the window that every decoder should have (RFC 8878, 3.1.1.1.2), off the heap. */
  static final int LIMIT_WINDOW_LOG = 23;

  /** What {@code Accept-Encoding} says to who sent anything else. */
  static final String ACCEPTED = "gzip, zstd";

  private static final int BUFFER_BYTES = 8192;

  abstract InputStream open(InputStream in) throws IOException;

  /**
   * By the values of {@code Content-Encoding}.
   *
   * @throws Refused for several, and for one that is not known
   */
  static Compression of(List<String> contentEncodings) throws Refused {
    List<String> encodings =
        contentEncodings.stream()
            .map(value -> value.strip().toLowerCase(Locale.ROOT))
            .filter(value -> !value.isEmpty() && !value.equals("identity"))
            .toList();
    if (encodings.isEmpty()) {
      return NONE;
    }
    return switch (encodings.size() == 1 ? encodings.get(0) : "") {
      case "gzip", "x-gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default ->
          throw new Refused(
              Cause.CONTENT_ENCODING, "the Content-Encoding must be gzip, zstd or none");
    };
  }
}

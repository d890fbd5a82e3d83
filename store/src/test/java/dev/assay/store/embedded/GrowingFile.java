package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process whose files may not grow beyond a limit, as on a full disk: fills a hash file until it
 * is refused, then, with the limit away, goes on; at the end everything must be there.
 */
final class GrowingFile {
  static final long LIMIT_BYTES = 12L << 20;

  private static final int MORE = 1_000;

  private GrowingFile() {}

  public static void main(String[] args) throws Exception {
    try (HashFile file = HashFile.create(Path.of(args[0]), 1, new PendingRoom())) {
      Filling.limitFiles(Long.toString(LIMIT_BYTES));
      int added = 0;
      for (boolean full = false; !full; ) {
        try {
          add(file, added);
          added++;
        } catch (IOException e) {
          System.out.println("refused: " + e.getMessage());
          full = true;
        }
      }
      Filling.limitFiles("unlimited");
      for (int end = added + MORE; added < end; added++) {
        add(file, added);
      }
      long[] found = new long[HashFile.VALUE_LONGS];
      for (int i = 0; i < added; i++) {
        if (file.find(key(i), found) != 1 || found[1] != i + 1) {
          throw new IllegalStateException("line " + i + " is missing");
        }
      }
      HashFile.Size size = file.force();
      HashFile.open(Path.of(args[0]), 1, size, new PendingRoom()).close();
      System.out.println("whole: " + size.values());
    }
  }

  private static void add(HashFile file, int number) throws IOException {
    file.add(key(number), 0, number + 1);
  }

  private static HashFile.Key key(int number) {
    return new LineKey().of("github.com/acme/api", "line " + number);
  }
}

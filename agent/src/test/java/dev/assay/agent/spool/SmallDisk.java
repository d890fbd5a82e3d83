package dev.assay.agent.spool;

import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of {@link SmallDiskTest}: fills the spool until the disk is full, delivers some and
 * fills it again, some times over; is opened while the disk is read-only, and again when it is not.
 * It prints what was taken, refused and delivered.
 */
final class SmallDisk {
  /** Of 512 KiB; so many segments that the disk is full at the begin of one, too. */
  private static final int SEGMENT_BYTES = 20_000;

  private static final int ROUNDS = 8;

  private static int next;

  private SmallDisk() {}

  public static void main(String[] args) throws Exception {
    Path disk = Path.of(args[0]);
    Complaints complaints = new Complaints(System.err);
    try (Spool spool = Spool.open(disk.resolve("spool"), 1L << 30, SEGMENT_BYTES, complaints)) {
      for (int round = 0; round < ROUNDS; round++) {
        // Another size each time, so that it is full at other places.
        int size = 3_000 + 977 * round;
        while (append(spool, size, "full")) {
          // fill it
        }
        for (int i = 0; i < 3; i++) {
          append(spool, size, "full");
        }
        deliver(spool, 10);
        append(spool, 100, "full");
      }
    }
    remount(disk, "ro");
    try {
      Spool.open(disk.resolve("spool"), 1L << 30, SEGMENT_BYTES, complaints).close();
      throw new IllegalStateException("the disk is not read-only");
    } catch (IOException readOnly) {
      System.out.println("refused read-only " + readOnly.getMessage());
    }
    remount(disk, "rw");
    try (Spool spool = Spool.open(disk.resolve("spool"), 1L << 30, SEGMENT_BYTES, complaints)) {
      deliver(spool, Integer.MAX_VALUE);
      if (!complaints.counts().isEmpty() || spool.damage()) {
        throw new IllegalStateException("damaged: " + complaints.counts());
      }
    }
  }

  private static boolean append(Spool spool, int size, String disk) throws Exception {
    String message = next++ + " " + "x".repeat(size);
    try {
      spool.append(message.getBytes(StandardCharsets.UTF_8));
      spool.sync();
      System.out.println("taken " + name(message));
      return true;
    } catch (IOException noRoom) {
      System.out.println("refused " + disk + " " + noRoom.getMessage());
      return false;
    }
  }

  private static void deliver(Spool spool, int most) throws Exception {
    for (int i = 0; i < most; i++) {
      byte[] message = spool.peek(0);
      if (message == null) {
        return;
      }
      System.out.println("delivered " + name(new String(message, StandardCharsets.UTF_8)));
      acknowledge(spool);
    }
  }

  /** Where reading had come to cannot be kept on a disk that is full; it goes on in memory. */
  private static void acknowledge(Spool spool) {
    try {
      spool.acknowledge();
    } catch (IOException noRoom) {
      System.out.println("cursor " + noRoom.getMessage());
    }
  }

  private static String name(String message) {
    return message.substring(0, message.indexOf(' '));
  }

  private static void remount(Path disk, String how) throws Exception {
    int exit =
        new ProcessBuilder("mount", "-o", "remount," + how, disk.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0 || !Files.isDirectory(disk)) {
      throw new IllegalStateException("cannot be mounted anew: " + disk);
    }
  }
}

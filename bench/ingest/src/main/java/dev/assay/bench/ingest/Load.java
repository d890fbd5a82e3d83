package dev.assay.bench.ingest;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Requests like those of many developers: of ten records one is an edit of 12 lines by the agent,
 * one a decision on an edit, three are usage, the rest are of other tools and answers: nothing is
 * kept of them. Every tool use, request, message and line is new; nine of ten records of a sender
 * are of one session. They are serialised beforehand; what must be new is written into the bytes
 * before each is sent.
 */
public final class Load {
  /** Where a number is to stand that no other has. */
  private static final byte[] MARK = "@@@@@@@@@@@@@@@@".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> messages = new ArrayList<>();
  private final List<int[]> marks = new ArrayList<>();
  private final long first;
  private long sent;

  /**
   * @param seed no two loads of one run may share it
   * @param records of a request
   * @param requests that are made beforehand, and sent by turns
   */
  public Load(long seed, int records, int requests) {
    this.first = seed << 40;
    Records made = new Records(new Random(seed), new String(MARK, StandardCharsets.US_ASCII));
    for (int i = 0; i < requests; i++) {
      byte[] message = request(made, records).toByteArray();
      messages.add(message);
      marks.add(marks(message));
    }
  }

  /** The next request; only until another one is asked for. */
  public byte[] next() {
    return at(sent++);
  }

  /** How many {@link #next} has given. */
  public long sent() {
    return sent;
  }

  /**
   * The request that {@link #next} gave, or will give, after so many others; only until another one
   * is asked for.
   */
  public byte[] at(long others) {
    int turn = (int) (others % messages.size());
    byte[] message = messages.get(turn);
    int[] places = marks.get(turn);
    long next = first + others * places.length; // all have as many: their records are of one kind
    for (int at : places) {
      long number = next++;
      for (int i = MARK.length - 1; i >= 0; i--) {
        message[at + i] = DIGITS[(int) (number & 15)];
        number >>>= 4;
      }
    }
    return message;
  }

  private static int[] marks(byte[] message) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + MARK.length <= message.length; at++) {
      if (message[at] == MARK[0]
          && Arrays.equals(message, at, at + MARK.length, MARK, 0, MARK.length)) {
        found.add(at);
        at += MARK.length - 1;
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static ExportLogsServiceRequest request(Records records, int count) {
    List<LogRecord> client = new ArrayList<>();
    List<LogRecord> agent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      switch (i % 10) {
        case 0 -> agent.add(records.edit());
        case 1 -> client.add(records.decision("Edit"));
        case 2, 3, 4 -> client.add(records.usage());
        case 5, 6 -> client.add(records.result());
        case 7, 8 -> client.add(records.decision("Read"));
        default -> client.add(records.response());
      }
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(Records.ofClient(client))
        .addResourceLogs(Records.ofAgent(agent))
        .build();
  }
}

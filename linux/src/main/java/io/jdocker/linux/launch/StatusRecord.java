package io.jdocker.linux.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a launch leaves in its status file, so that the truth survives the JVM: the keeper's pid and
 * the payload's (8 bytes each, little endian), written before the payload's first instruction is
 * reported to anyone, and the payload's wait status (8 bytes), appended by the keeper at its end.
 *
 * @param status as wait(2) encodes it; empty while the payload runs
 */
public record StatusRecord(int keeperPid, int payloadPid, Optional<Integer> status) {
  private static final int RUNNING_LENGTH = 16;
  private static final int ENDED_LENGTH = 24;

  /** Reads a record; empty when the launch did not get so far as to write its pids. */
  public static Optional<StatusRecord> parse(byte[] content) {
    if (content.length < RUNNING_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int keeper = (int) in.getLong();
    int payload = (int) in.getLong();
    Optional<Integer> status =
        content.length < ENDED_LENGTH ? Optional.empty() : Optional.of((int) in.getLong());
    return Optional.of(new StatusRecord(keeper, payload, status));
  }

  /** The exit code that a shell would show: 0 to 255, and 128 + n for death by signal n. */
  public static int exitCode(int waitStatus) {
    int signal = waitStatus & 0x7f;
    return signal == 0 ? waitStatus >> 8 & 0xff : 128 + signal;
  }
}

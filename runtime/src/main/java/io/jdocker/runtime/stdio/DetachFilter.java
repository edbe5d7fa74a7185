package io.jdocker.runtime.stdio;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Looks for the detach keys in what a client types. A byte that may begin the sequence is held back
 * until the next tells; so ctrl-p reaches a shell with the key after it. One thread at a time.
 */
public final class DetachFilter {
  /**
   * The outcome for some input.
   *
   * @param forward what goes on to the process
   * @param detached true when the sequence is complete; the input behind it is dropped
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a pipe; never compared
  public record Result(byte[] forward, boolean detached) {}

  private final byte[] sequence;
  private int matched;

  DetachFilter(byte[] sequence) {
    this.sequence = sequence;
  }

  /** Filters some input. */
  public Result filter(byte[] bytes, int offset, int length) {
    ByteArrayOutputStream forward = new ByteArrayOutputStream(length + matched);
    for (int i = offset; i < offset + length; i++) {
      add(bytes[i], forward);
      if (matched == sequence.length) {
        matched = 0;
        return new Result(forward.toByteArray(), true);
      }
    }
    return new Result(forward.toByteArray(), false);
  }

  /** What is held back, for when the client sends no more. */
  public byte[] rest() {
    byte[] held = Arrays.copyOf(sequence, matched);
    matched = 0;
    return held;
  }

  /** What is held back equals the head of the sequence, so its length is all there is to know. */
  private void add(byte next, ByteArrayOutputStream forward) {
    byte[] candidate = Arrays.copyOf(sequence, matched + 1);
    candidate[matched] = next;
    int skipped = 0;
    while (!isHead(candidate, skipped)) {
      forward.write(candidate[skipped]);
      skipped++;
    }
    matched = candidate.length - skipped;
  }

  private boolean isHead(byte[] candidate, int from) {
    return Arrays.equals(candidate, from, candidate.length, sequence, 0, candidate.length - from);
  }
}

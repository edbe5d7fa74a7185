package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Tells those who follow a log that it grew, went on in a new file, or ended. Its lock is held
 * while the log's files get other names. Thread-safe.
 */
public final class LogProgress {
  private long writes;
  private boolean ended;
  private final List<Follower> followers = new ArrayList<>();

  /** One who reads the log as it grows. */
  interface Follower {
    /** The log goes on in that file, opened when it had no record yet. */
    void continues(FileChannel file);
  }

  /** From now on the follower is told of each new file. */
  synchronized void follow(Follower follower) {
    followers.add(follower);
  }

  synchronized void leave(Follower follower) {
    followers.remove(follower);
  }

  /**
   * The log goes on there, or begins. Each follower gets a descriptor: the name may be another's
   * soon.
   */
  synchronized void continues(Path file) throws IOException {
    for (Follower follower : followers) {
      follower.continues(FileChannel.open(file, StandardOpenOption.READ));
    }
    advance();
  }

  /** The progress of a log that is written no more. */
  public static LogProgress ended() {
    LogProgress progress = new LogProgress();
    progress.end();
    return progress;
  }

  synchronized void advance() {
    writes++;
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** A number that changes with each write. */
  synchronized long writes() {
    return writes;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Has {@link #await} look at its stop condition again. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits for a write after the known ones, the end, the stop condition, or the time to be over.
   *
   * @param millis 0 for no limit
   */
  synchronized void await(long known, long millis, BooleanSupplier stop)
      throws InterruptedException {
    long start = System.nanoTime();
    long rest = millis;
    while (writes == known && !ended && !stop.getAsBoolean()) {
      wait(rest);
      if (millis > 0) {
        rest = millis - (System.nanoTime() - start) / 1_000_000;
        if (rest <= 0) {
          return;
        }
      }
    }
  }
}

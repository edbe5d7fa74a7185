package io.jdocker.runtime;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * ROOT/daemon.lock: held by the one engine of a root, be it a daemon or a library, for as long as
 * it lives, with its pid inside. The kernel gives the lock back when the process ends, however it
 * ends; so the file stays.
 */
public final class RootLock implements AutoCloseable {
  private static final int PID_DIGITS = 20;

  private final FileChannel channel;

  private RootLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws Conflict when another daemon has it
   */
  public static RootLock acquire(Path root) {
    Path file = root.resolve("daemon.lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String owner = owner(channel);
        channel.close();
        throw new Conflict(
            "another daemon" + owner + " uses " + root + "; choose another --root or stop it");
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new RootLock(channel);
    } catch (OverlappingFileLockException e) {
      throw new Conflict("this process has an engine on " + root + " already; close it first", e);
    } catch (IOException e) {
      throw new SystemFailure("cannot lock " + file + ": " + e.getMessage(), e);
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(PID_DIGITS);
    channel.read(pid, 0);
    String digits = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
    return digits.isEmpty() ? "" : " (pid " + digits + ")";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.jdocker.daemon;

import io.jdocker.daemon.config.DaemonOptions;
import io.jdocker.daemon.log.DaemonLog;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The daemon's process. Ends with 0 after SIGTERM, SIGINT or {@code POST /jdocker/shutdown},
 * leaving containers running; with 1 and one line on standard error when it cannot start.
 */
public final class DaemonMain {
  private static final int CANNOT_START = 1;

  /** Another daemon has the root: a client that started this one has but to wait for the other. */
  private static final int ROOT_IS_TAKEN = 3;

  private DaemonMain() {}

  /** See {@link DaemonOptions#parse} for the arguments. */
  public static void main(String[] arguments) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    Thread signalled =
        new Thread(
            () -> {
              stop.countDown();
              awaitQuietly(finished);
              // The JVM would end with 128 + SIGTERM; an orderly stop is no failure.
              Runtime.getRuntime().halt(0);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(signalled);
    int status = CANNOT_START;
    try {
      status = run(List.of(arguments), stop, System.err);
    } finally {
      // Also after an Error: the hook above would wait for ever.
      finished.countDown();
    }
    if (status != 0) {
      Runtime.getRuntime().halt(status);
    }
    System.exit(0);
  }

  static int run(List<String> arguments, CountDownLatch stop, PrintStream errors) {
    try {
      DaemonOptions options = DaemonOptions.parse(arguments);
      requireRoot();
      DaemonLog.prepare(options.log());
      Daemon.run(options, () -> DaemonOptions.parse(arguments), stop);
      return 0;
    } catch (Conflict e) {
      errors.println("jdocker daemon: " + e.getMessage());
      return ROOT_IS_TAKEN;
    } catch (EngineException e) {
      errors.println("jdocker daemon: " + e.getMessage());
    } catch (IOException e) {
      errors.println("jdocker daemon: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      errors.println("jdocker daemon: interrupted");
    } catch (RuntimeException e) {
      errors.println("jdocker daemon: " + (e.getMessage() == null ? e : e.getMessage()));
    }
    return CANNOT_START;
  }

  /** Looks at the owner of /proc/self, as the JDK has no geteuid and jnr is not loaded yet. */
  private static void requireRoot() throws IOException {
    if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
      throw new Forbidden("must be run as root: containers need privileges of the kernel");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.jdocker.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.config.DaemonOptions;
import io.jdocker.daemon.config.ListenAddress;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.RootLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens before the engine: options, lock, one line for each mistake. */
class DaemonStartTest {
  @TempDir Path folder;

  @Test
  void optionsInBothForms() {
    DaemonOptions options =
        DaemonOptions.parse(List.of("--root", "/a/../b", "--bip=10.0.0.1/24", "--log-level=debug"));
    assertEquals(List.of(new ListenAddress.Unix(Path.of("/b/jdocker.sock"))), options.hosts());
    assertEquals(Optional.of("10.0.0.1/24"), options.bip());
    assertTrue(options.log().isDebug());
  }

  @ParameterizedTest
  @CsvSource({
    "--nosuch=1, unknown flag: --nosuch",
    "--root, flag needs an argument: --root",
    "word, unknown argument: word",
    "--log-level=loud, 'unknown log level \"loud\": choose debug, info, warn or error'",
  })
  void wrongOptionsAreNamed(String argument, String message) {
    InvalidArgument wrong =
        assertThrows(InvalidArgument.class, () -> DaemonOptions.parse(List.of(argument)));
    assertEquals(message, wrong.getMessage());
  }

  @Test
  void oneLineAndStatusOneForAMistake() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        DaemonMain.run(
            List.of("--nosuch=1"),
            new CountDownLatch(0),
            new PrintStream(errors, true, StandardCharsets.UTF_8));
    assertEquals(1, status);
    assertEquals(
        "jdocker daemon: unknown flag: --nosuch\n", errors.toString(StandardCharsets.UTF_8));
  }

  private static void run(DaemonOptions options) throws Exception {
    Daemon.run(options, () -> options, new CountDownLatch(0));
  }

  @Test
  void aSocketPathMayNotBeLongerThanTheKernelTakes() {
    DaemonOptions options =
        DaemonOptions.parse(List.of("--root", folder + "/" + "long".repeat(30)));
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> run(options));
    assertTrue(refused.getMessage().endsWith("choose a shorter --root"), refused.getMessage());
  }

  @Test
  void aBipMustBeAnAddress() {
    DaemonOptions options =
        DaemonOptions.parse(List.of("--root", folder.toString(), "--bip", "nonsense"));
    assertThrows(InvalidArgument.class, () -> run(options));
  }

  @Test
  void theLockHoldsThePidAndIsGivenBack() throws IOException {
    RootLock lock = RootLock.acquire(folder);
    assertEquals(
        ProcessHandle.current().pid() + "\n", Files.readString(folder.resolve("daemon.lock")));
    lock.close();
    RootLock.acquire(folder).close();
  }

  @Test
  void aLockOfAnotherProcessNamesIt() throws Exception {
    Path lockFile = folder.resolve("daemon.lock");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                folder.toString())
            .start();
    try {
      assertEquals('+', holder.getInputStream().read());
      Conflict taken = assertThrows(Conflict.class, () -> RootLock.acquire(folder));
      assertEquals(
          "another daemon (pid "
              + holder.pid()
              + ") uses "
              + folder
              + "; choose another --root or stop it",
          taken.getMessage());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    RootLock.acquire(folder).close();
    assertTrue(Files.exists(lockFile));
  }

  /** Takes a root's lock, says so, and keeps it. */
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
      RootLock lock = RootLock.acquire(Path.of(arguments[0]));
      System.out.write('+');
      System.out.flush();
      int ignored = System.in.read(); // until the test ends this process
      lock.close();
      System.exit(ignored);
    }
  }

  @Test
  void theVersionIsTheBuilds() {
    assertTrue(ProductVersion.read().matches("[0-9]+\\.[0-9]+\\.[0-9]+.*"));
  }
}

package io.jdocker.daemon.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jdocker.daemon.DaemonProcess;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of docs/refusals.txt with docker (28) and our daemon: each line is refused with its
 * message and exit status, and nothing is created. Needs root, docker and busybox-static.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalIT {
  private static final String CGROUP = "jdocker-it-refusal-" + ProcessHandle.current().pid();
  private static final int WANTED = 150;

  private Path folder;
  private HostNamespaces host;
  private Path root;
  private LeakCheck before;
  private DaemonProcess daemon;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    host = HostNamespaces.create(Kernel.load());
    root = folder.resolve("r");
    before = LeakCheck.take(host, root, CGROUP);
    daemon = DaemonProcess.start(host, root, CGROUP);
    Path rootfs = Files.createDirectories(folder.resolve("rootfs/bin"));
    Files.copy(Path.of("/bin/busybox"), rootfs.resolve("sh"));
    Outcome imported =
        docker("tar -C " + folder.resolve("rootfs") + " -c . | docker import - busybox");
    assertEquals(0, imported.status(), imported.output());
  }

  @AfterAll
  void stop() throws Exception {
    try {
      assertEquals("", docker("docker ps -aq").output(), "no container was created");
      assertEquals("", docker("docker volume ls -q").output(), "no volume was created");
      assertEquals(0, daemon.stop());
      assertEquals("", daemon.log(), "a user's mistake is nothing to log");
      assertEquals(before, LeakCheck.take(host, root, CGROUP), "the host is as it was");
    } finally {
      daemon.close();
      host.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> refusals() throws IOException {
    List<Refusal> table = Refusal.table();
    assertTrue(table.size() >= WANTED, table.size() + " lines");
    assertEquals(
        table.size(), table.stream().map(Refusal::flags).distinct().count(), "each line once");
    return table.stream()
        .map(refusal -> DynamicTest.dynamicTest(refusal.flags(), () -> check(refusal)));
  }

  private void check(Refusal refusal) {
    // 20.10, as Debian has it, says much in other words; our own command is held to the table, too.
    assumeTrue(
        host.shell("docker --version").output().startsWith("Docker version 28."),
        "no docker 28 first on the path: the table has its words");
    Outcome outcome = docker(refusal.command());
    assertTrue(refusal.isSaidBy(outcome.output()), refusal.shown() + "\nbut:\n" + outcome.output());
    assertEquals(refusal.status(), outcome.status());
  }

  private Outcome docker(String command) {
    return host.shell(
        "export DOCKER_HOST=" + daemon.address() + " HOME=" + folder + "; " + command);
  }
}

package io.jdocker.daemon.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of docs/refusals.txt with docker (28) and Debian's dockerd (20.10), in a network
 * namespace of its own: whatever the table says that docker says, it says. Skipped where there is
 * no dockerd: it is the measure, not what is measured.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerRefusalIT {
  private static final Path DOCKERD = Path.of("/usr/sbin/dockerd");
  private static final long START_SECONDS = 30;

  private Path folder;
  private HostNamespaces host;
  private Process dockerd;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    assumeTrue(Files.exists(DOCKERD), "no dockerd to compare with: apt-get install docker.io");
    folder = temporary;
    host = HostNamespaces.create(Kernel.load());
    dockerd =
        host.startHost(
            "exec dockerd --data-root D/data --exec-root D/exec -H unix://D/s -p D/pid --bridge=none"
                    .replace("D/", folder + "/")
                + " --iptables=false --ip6tables=false --cgroup-parent=/jdocker-it-peer-"
                + ProcessHandle.current().pid()
                + " >"
                + folder.resolve("log")
                + " 2>&1");
    awaitSocket();
    Path rootfs = Files.createDirectories(folder.resolve("rootfs/bin"));
    Files.copy(Path.of("/bin/busybox"), rootfs.resolve("sh"));
    Outcome imported =
        docker("tar -C " + folder.resolve("rootfs") + " -c . | docker import - busybox");
    assertEquals(0, imported.status(), imported.output());
  }

  private void awaitSocket() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (docker("docker version").status() != 0) {
      if (!dockerd.isAlive() || System.nanoTime() > end) {
        throw new IOException("no dockerd: " + Files.readString(folder.resolve("log")));
      }
      Thread.sleep(50);
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (host != null) {
      try {
        dockerd.destroy();
        assertTrue(dockerd.waitFor(START_SECONDS, TimeUnit.SECONDS), "dockerd ends");
      } finally {
        dockerd.destroyForcibly();
        host.close();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> dockerSaysTheSame() throws IOException {
    return Refusal.table().stream()
        .filter(refusal -> refusal.teller() != Refusal.Teller.OWN)
        .map(refusal -> DynamicTest.dynamicTest(refusal.flags(), () -> check(refusal)));
  }

  private void check(Refusal refusal) {
    // What docker's command itself refuses is worded as its version does.
    assumeTrue(
        host.shell("docker --version").output().startsWith("Docker version 28."),
        "no docker 28 first on the path: the table has its words");
    Outcome outcome = docker(refusal.command());
    assertTrue(refusal.isSaidBy(outcome.output()), refusal.shown() + "\nbut:\n" + outcome.output());
    assertEquals(refusal.status(), outcome.status());
  }

  private Outcome docker(String command) {
    return host.shell(
        "export DOCKER_HOST=unix://" + folder.resolve("s") + " HOME=" + folder + "; " + command);
  }
}

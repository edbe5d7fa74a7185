package io.jdocker.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * The real docker command against the daemon: a script of its commands, with the shape of what it
 * must print. Needs root, docker (28) and busybox-static.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerCommandIT {
  private static final String CGROUP = "jdocker-it-cli-" + ProcessHandle.current().pid();

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
    makeRootFileSystem(folder.resolve("rootfs"));
    daemon = DaemonProcess.start(host, root, CGROUP);
  }

  private void makeRootFileSystem(Path rootfs) throws IOException {
    Files.createDirectories(rootfs.resolve("bin"));
    Files.createDirectories(rootfs.resolve("etc"));
    Files.createDirectories(rootfs.resolve("tmp"));
    Files.copy(Path.of("/bin/busybox"), rootfs.resolve("bin/busybox"));
    for (String name : List.of("sh", "ls", "cat", "echo", "sleep", "true", "hostname", "env")) {
      Files.createSymbolicLink(rootfs.resolve("bin").resolve(name), Path.of("busybox"));
    }
    Files.writeString(rootfs.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
    Files.writeString(rootfs.resolve("etc/group"), "root:x:0:\n");
  }

  @AfterAll
  void stop() throws Exception {
    try {
      assertEquals(0, daemon.stop());
      assertEquals("", daemon.log(), "the daemon had nothing to complain about");
      assertEquals(before, LeakCheck.take(host, root, CGROUP), "the host is as it was");
    } finally {
      daemon.close();
      host.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> commands() throws IOException {
    List<CommandScript.Step> steps = CommandScript.read("docker-commands.txt");
    assertTrue(steps.size() >= 40, steps.size() + " commands");
    return steps.stream().map(step -> DynamicTest.dynamicTest(step.command(), () -> check(step)));
  }

  private void check(CommandScript.Step step) {
    Outcome outcome =
        host.shell(
            "export DOCKER_HOST="
                + daemon.address()
                + " HOME="
                + folder
                + "; cd "
                + folder
                + "; { "
                + step.command()
                + "; } 2>&1");
    List<String> lines =
        outcome.output().lines().map(String::stripTrailing).filter(l -> !l.isEmpty()).toList();
    String got = "exit " + outcome.status() + ":\n" + outcome.output();
    assertEquals(step.status(), outcome.status(), got);
    assertEquals(step.lines().size(), lines.size(), got);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(
          lines.get(i).matches(step.lines().get(i)),
          "line " + (i + 1) + " does not match " + step.lines().get(i) + " in " + got);
    }
  }
}

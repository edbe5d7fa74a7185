package io.jdocker.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every docker command of the machine against a daemon of its own: a script of its commands, with
 * the shape of what it must print. Needs root, docker (20.10, 28 or both) and busybox-static.
 */
class DockerCommandIT {
  private static final List<String> SCRIPTS =
      List.of("docker-commands", "docker-namespaces", "docker-networks");

  /**
   * Docker's own log of what it gave up when the engine had refused, written or not as it ends: a
   * wait beside a failed start (20), the rest of an archive (28).
   */
  private static final String RACING_LOG =
      "time=.* msg=\"(error waiting for container: |Can't (add file|close tar writer)).*";

  /** One client, and the engine it talks to once the first test has started that. */
  private static final class Trial {
    private final DockerClient client;
    private final Path folder;
    private final Path root;
    private final String cgroup;
    private Optional<HostNamespaces> host = Optional.empty();
    private Optional<LeakCheck> before = Optional.empty();
    private Optional<DaemonProcess> daemon = Optional.empty();

    Trial(DockerClient client, Path folder) {
      this.client = client;
      this.folder = folder;
      this.root = folder.resolve("r");
      this.cgroup = "jdocker-it-cli-" + client.generation() + "-" + ProcessHandle.current().pid();
    }

    void start() throws IOException, InterruptedException {
      makeRootFileSystem(folder.resolve("rootfs"));
      host = Optional.of(HostNamespaces.create(Kernel.load()));
      before = Optional.of(LeakCheck.take(host.get(), root, cgroup));
      daemon = Optional.of(DaemonProcess.start(host.get(), root, cgroup));
    }

    void check(CommandScript.Step step) {
      String environment =
          "export DOCKER_HOST="
              + daemon.orElseThrow().address()
              + " HOME="
              + folder
              + " PATH="
              + client.path().getParent()
              + ":$PATH; cd "
              + folder;
      Outcome outcome =
          host.orElseThrow().shell(environment + "; { " + step.command() + "; } 2>&1");
      List<String> lines =
          outcome
              .output()
              .lines()
              .map(String::stripTrailing)
              .filter(line -> !line.isEmpty() && !line.matches(RACING_LOG))
              .toList();
      String got = "exit " + outcome.status() + ":\n" + outcome.output();
      assertEquals(step.status(), outcome.status(), got);
      assertEquals(step.lines().size(), lines.size(), got);
      for (int i = 0; i < lines.size(); i++) {
        assertTrue(
            lines.get(i).matches(step.lines().get(i)),
            "line " + (i + 1) + " does not match " + step.lines().get(i) + " in " + got);
      }
    }

    void end() throws IOException, InterruptedException {
      try {
        assertEquals(0, daemon.orElseThrow().stop());
        assertEquals("", daemon.get().log(), "the daemon had nothing to complain about");
        LeakCheck after = LeakCheck.take(host.orElseThrow(), root, cgroup);
        assertEquals(before.orElseThrow(), after, "the host is as it was");
      } finally {
        daemon.ifPresent(DaemonProcess::close);
        host.ifPresent(HostNamespaces::close);
      }
    }
  }

  private static void makeRootFileSystem(Path rootfs) throws IOException {
    Files.createDirectories(rootfs.resolve("bin"));
    Files.createDirectories(rootfs.resolve("etc"));
    Files.createDirectories(rootfs.resolve("tmp"));
    Files.copy(Path.of("/bin/busybox"), rootfs.resolve("bin/busybox"));
    for (String name :
        List.of(
            "sh", "ls", "cat", "echo", "sleep", "true", "hostname", "env", "mkdir", "ln", "rm")) {
      Files.createSymbolicLink(rootfs.resolve("bin").resolve(name), Path.of("busybox"));
    }
    Files.writeString(rootfs.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
    Files.writeString(rootfs.resolve("etc/group"), "root:x:0:\n");
  }

  @TestFactory
  Stream<DynamicContainer> commands(@TempDir Path temporary) throws IOException {
    List<DockerClient> clients = DockerClient.installed();
    assertFalse(clients.isEmpty(), "there is no docker command on the path");
    List<DynamicContainer> trials = new ArrayList<>();
    for (DockerClient client : clients) {
      for (String script : SCRIPTS) {
        if (script.equals("docker-networks") && client.generation() < 28) {
          continue; // older ones have neither several networks nor gateway priorities
        }
        Path folder =
            Files.createDirectory(temporary.resolve("d" + client.generation() + trials.size()));
        trials.add(
            dynamicContainer(client + ": " + script, tests(new Trial(client, folder), script)));
      }
    }
    return trials.stream();
  }

  private static List<DynamicNode> tests(Trial trial, String script) throws IOException {
    List<CommandScript.Step> steps =
        new ArrayList<>(CommandScript.read(script + ".txt", trial.client.generation()));
    if (trial.client.generation() >= 28 && script.equals("docker-commands")) {
      // Older ones word cp otherwise, and have no -q.
      steps.addAll(CommandScript.read("docker-files.txt", trial.client.generation()));
      steps.addAll(CommandScript.read("docker-build.txt", trial.client.generation()));
    }
    assertTrue(steps.size() >= 40, steps.size() + " commands");
    List<DynamicNode> tests = new ArrayList<>();
    tests.add(dynamicTest("the engine starts", trial::start));
    steps.forEach(step -> tests.add(dynamicTest(step.command(), () -> trial.check(step))));
    tests.add(dynamicTest("the engine ends and leaves nothing", trial::end));
    return tests;
  }
}

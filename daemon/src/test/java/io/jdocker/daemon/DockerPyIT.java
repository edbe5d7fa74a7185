package io.jdocker.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * docker-py, as Debian has it, against a daemon and a registry of its own: the tests of
 * src/test/python/docker_py, of which the last makes sure that every method of its client was
 * called. Needs root, python3-docker, docker-registry and busybox-static.
 */
class DockerPyIT {
  private static final Path SCRIPTS = Path.of("src/test/python/docker_py").toAbsolutePath();

  /** {@code test_list (test_containers.Told.test_list) ... ok}; output may come in between. */
  private static final Pattern RESULT = Pattern.compile("(?m)^(test_\\w+ \\(\\S+\\)) \\.\\.\\. ");

  private static final String CGROUP = "jdocker-it-py-" + ProcessHandle.current().pid();

  @TempDir Path folder;
  private HostNamespaces host;
  private LeakCheck before;
  private DaemonProcess daemon;
  private Process registry;

  @BeforeEach
  void start() throws Exception {
    host = HostNamespaces.create(Kernel.load());
    before = LeakCheck.take(host, folder.resolve("r"), CGROUP);
    daemon = DaemonProcess.start(host, folder.resolve("r"), CGROUP);
    Path settings = folder.resolve("registry.yml");
    Files.writeString(
        settings,
        "version: 0.1\nhttp: {addr: 127.0.0.1:5000}\nlog: {level: error}\n"
            + "storage: {filesystem: {rootdirectory: "
            + folder.resolve("blobs")
            + "}}\n");
    registry =
        host.startHost("exec docker-registry serve " + settings + " >" + folder + "/registry.log");
  }

  @AfterEach
  void stop() throws Exception {
    try {
      registry.destroyForcibly().waitFor();
      assertEquals(0, daemon.stop());
      assertEquals("", daemon.log(), "the daemon had nothing to complain about");
      assertEquals(before, LeakCheck.take(host, folder.resolve("r"), CGROUP));
    } finally {
      daemon.close();
      host.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> containersAndVolumes() throws Exception {
    return tests(List.of("test_containers.Life", "test_containers.Told", "test_others.Volumes"));
  }

  @Tag("nightly")
  @TestFactory
  Stream<DynamicTest> theWholeClient() throws Exception {
    return tests(List.of("discover"));
  }

  /** Runs them all at once; each is then a test here that says how it went. */
  private Stream<DynamicTest> tests(List<String> names) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process python =
        host.startHost(
            "cd "
                + SCRIPTS
                + " && PYTHONDONTWRITEBYTECODE=1 REGISTRY=127.0.0.1:5000 DOCKER_HOST="
                + daemon.address()
                + " exec timeout 300 /usr/bin/python3 -W ignore -m unittest "
                + String.join(" ", names)
                + " -v >"
                + output
                + " 2>&1");
    int status = python.waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    List<DynamicTest> results =
        RESULT.matcher(said).results().map(result -> test(result.group(1), said)).toList();
    assertTrue(!results.isEmpty(), said);
    boolean ended = Pattern.compile("(?m)^Ran " + results.size() + " tests").matcher(said).find();
    assertTrue(ended && (status == 0 || status == 1), "status " + status + ": " + said);
    assertEquals(status == 0, !said.contains("\nFAILED ("), said);
    return results.stream();
  }

  private static DynamicTest test(String name, String said) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Matcher story =
              Pattern.compile("(?ms)^(FAIL|ERROR): " + Pattern.quote(name) + "\n-+\n(.*?)\n\n")
                  .matcher(said);
          if (story.find()) {
            fail(story.group(2));
          }
        });
  }
}

package io.jdocker.daemon.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jdocker.daemon.DaemonProcess;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of docs/flags.txt: docker (28) starts a container with each flag, the probe in it
 * prints what the kernel made of it, and explain tells of it. On v1 here, on v2 in the VM.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlagEffectIT {
  private static final String CGROUP = "jdocker-it-flags-" + ProcessHandle.current().pid();
  private static final String OTHER_PARENT = "jdocker-it-flags-parent";

  private static final List<String> APPLETS =
      List.of(
          "sh",
          "cat",
          "echo",
          "grep",
          "head",
          "hostname",
          "id",
          "ls",
          "mknod",
          "pwd",
          "sleep",
          "true");

  private Path folder;
  private HostNamespaces host;
  private Path root;
  private LeakCheck before;
  private DaemonProcess daemon;
  private boolean v2;

  /** A line of the table. */
  private record Row(
      String flag, String line, String probe, String onV1, String onV2, String explain) {
    static Row parse(String text) {
      String[] cells = text.split(" \\| ", -1);
      assertEquals(7, cells.length, "seven cells: " + text);
      return new Row(cells[0], cells[2], cells[3], cells[4], cells[5], cells[6]);
    }

    static boolean isReason(String cell) {
      return cell.startsWith("-") && (cell.length() == 1 || cell.charAt(1) == ' ');
    }
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    host = HostNamespaces.create(Kernel.load());
    root = folder.resolve("r");
    before = LeakCheck.take(host, root, CGROUP);
    daemon = DaemonProcess.start(host, root, CGROUP);
    v2 = daemon.get("/info").contains("\"CgroupVersion\":\"2\"");
    Path bin = Files.createDirectories(folder.resolve("rootfs/bin"));
    Files.createDirectories(folder.resolve("rootfs/tmp"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    for (String applet : APPLETS) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Outcome imported =
        docker("tar -C " + folder.resolve("rootfs") + " -c . | docker import - busybox");
    assertEquals(0, imported.status(), imported.output());
  }

  @AfterAll
  void stop() throws Exception {
    try {
      docker("docker ps -aq | xargs -r docker rm -f");
      assertEquals(0, daemon.stop());
      assertEquals(before, LeakCheck.take(host, root, CGROUP), "the host is as it was");
    } finally {
      daemon.close();
      removeOtherParent();
      host.close();
    }
  }

  /** Like Docker, the engine leaves a parent of the user's: it may have limits of its own. */
  private static void removeOtherParent() throws IOException {
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      for (Path hierarchy : hierarchies.filter(Files::isDirectory).toList()) {
        Files.deleteIfExists(hierarchy.resolve(OTHER_PARENT));
      }
    }
    Files.deleteIfExists(Path.of("/sys/fs/cgroup", OTHER_PARENT));
  }

  @TestFactory
  Stream<DynamicTest> flags() throws IOException {
    return Files.readAllLines(Path.of("../docs/flags.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Row::parse)
        .filter(row -> !Row.isReason(row.line()))
        .map(row -> DynamicTest.dynamicTest(row.flag(), () -> check(row)));
  }

  private void check(Row row) throws IOException {
    String expected = v2 ? row.onV2() : row.onV1();
    assumeFalse(Row.isReason(expected), expected);
    String name = "flag-" + row.flag();
    String named = row.line().contains("--name") ? "" : " --name " + name;
    Outcome run =
        docker(
            "docker run"
                + named
                + (row.line().contains("--network") ? "" : " --network none")
                + " "
                + onThisHost(row.line())
                + " busybox sh -c '"
                + onThisHost(row.probe()).replace("'", "'\\''")
                + "'");
    assumeFalse(
        run.output().contains("Your kernel does not support")
            || run.output().contains("the kernel lacks this control"),
        run.output());
    String output =
        String.join("\n", run.output().lines().filter(line -> !line.startsWith("cat: ")).toList());
    assertTrue(
        Pattern.compile(expected, Pattern.DOTALL).matcher(output.strip()).matches(),
        () -> expected + " is not what it prints:\n" + run.output());
    if (!Row.isReason(row.explain())) {
      String told = daemon.get("/jdocker/containers/" + name + "/explain?format=text");
      assertTrue(
          Pattern.compile(row.explain()).matcher(told).find(),
          () -> "explain says nothing of " + row.explain() + ":\n" + told);
    }
  }

  private static String onThisHost(String text) throws IOException {
    String device = blockDevice();
    String[] numbers =
        Files.readString(
                Path.of("/sys/block", device.substring(device.lastIndexOf('/') + 1), "dev"))
            .strip()
            .split(":", -1);
    return text.replace("DEV", device).replace("MAJ", numbers[0]).replace("MIN", numbers[1]);
  }

  private static String blockDevice() throws IOException {
    try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
      return devices
          .map(device -> Path.of("/dev").resolve(device.getFileName()))
          .filter(Files::exists)
          .sorted()
          .map(Path::toString)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no block device in /sys/block and /dev"));
    }
  }

  private Outcome docker(String command) {
    return host.shell(
        "export DOCKER_HOST=" + daemon.address() + " HOME=" + folder + "; " + command);
  }
}

package io.jdocker.cgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract on the kernel at hand, v1 on one host, v2 on another ({@code scripts/vm-test}), and
 * what needs processes. Each test has a parent folder of its own and leaves nothing there.
 */
@Timeout(60)
final class CgroupIT extends CgroupContract {
  private static final long MIB = 1 << 20;

  private final Kernel kernel = Kernel.load();
  private final String parent = "/jdocker-it-" + ProcessHandle.current().pid();

  @Override
  CgroupDriver open(Path ignored) {
    return new CgroupDetector(kernel).detect(parent);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    for (String id : driver.list()) {
      driver.find(id).ifPresent(Cgroup::remove);
    }
    driver.close();
    try (Stream<Path> mounts = Files.list(Path.of("/sys/fs/cgroup"))) {
      assertEquals(
          List.of(),
          Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), mounts)
              .map(mount -> mount.resolve(parent.substring(1)))
              .filter(Files::exists)
              .toList());
    }
  }

  /** Starts a shell that joins the cgroup before it runs the script. */
  private static Process start(Cgroup cgroup, String script) throws IOException {
    StringBuilder join = new StringBuilder();
    for (Path directory : cgroup.directories()) {
      Path tasks = directory.resolve("tasks");
      Path file = Files.exists(tasks) ? tasks : directory.resolve("cgroup.procs");
      join.append("echo 0 > ").append(file).append(" || exit 99\n");
    }
    return new ProcessBuilder("/bin/sh", "-c", join + script).redirectErrorStream(true).start();
  }

  /** Waits for a line that the script prints once it is where the test wants it. */
  private static String firstLine(Process process) throws IOException {
    return process.inputReader().readLine();
  }

  @Test
  void aProcessThatJoinsIsCountedAndKilledWithTheCgroup() throws Exception {
    Cgroup cgroup = make("one", Limits.none());
    Process process = start(cgroup, "echo in; exec sleep 1000");
    assertEquals("in", firstLine(process));
    assertEquals(List.of((int) process.pid()), cgroup.processes());
    assertEquals(1, cgroup.stats().pids().current());
    cgroup.remove();
    assertEquals(137, process.waitFor());
    assertEquals(List.of(), driver.list());
    assertTrue(driver.find("one").isEmpty());
  }

  @Test
  void killEndsAForkBomb() throws Exception {
    Cgroup cgroup = make("bomb", Limits.builder().pids(60).build());
    Process process = start(cgroup, "echo in; while :; do (sleep 100 &) 2>/dev/null; done");
    firstLine(process);
    cgroup.kill();
    assertEquals(List.of(), cgroup.processes());
    process.waitFor();
    cgroup.remove();
  }

  @Test
  void aFrozenCgroupStandsStillAndCanBeKilled() throws Exception {
    Cgroup cgroup = make("ice", Limits.none());
    Process process = start(cgroup, "echo in; while :; do :; done");
    firstLine(process);
    assertFalse(cgroup.isFrozen());
    cgroup.freeze();
    assertTrue(cgroup.isFrozen());
    long used = cgroup.stats().cpu().total();
    assertEquals(used, cgroup.stats().cpu().total());
    cgroup.thaw();
    assertFalse(cgroup.isFrozen());
    cgroup.freeze();
    cgroup.remove();
    assertEquals(137, process.waitFor());
  }

  @Test
  void thePidsLimitHolds() throws Exception {
    Cgroup cgroup = make("few", Limits.builder().pids(3).build());
    Process process = start(cgroup, "sleep 100 & sleep 100 & sleep 100 & sleep 100 & wait");
    String complaint = firstLine(process);
    assertTrue(complaint.contains("fork"), complaint);
    assertEquals(3, cgroup.stats().pids().limit());
    cgroup.remove();
  }

  @Test
  void memoryAboveTheLimitIsKilledAndCounted() throws Exception {
    Cgroup cgroup = make("fat", Limits.builder().memory(16 * MIB).memorySwap(16 * MIB).build());
    assertEquals(0, cgroup.oomKills());
    Process process = start(cgroup, "head -c 64m /dev/zero | tail -n 1 >/dev/null");
    assertEquals(137, process.waitFor());
    assertTrue(cgroup.oomKills() >= 1);
    assertEquals(16 * MIB, cgroup.stats().memory().limit());
    cgroup.remove();
  }

  @Test
  void devicesAreClosedButForTheUsualOnes() throws Exception {
    Cgroup cgroup = make("dev", Limits.none());
    Process process =
        start(cgroup, "head -c1 /dev/zero >/dev/null && echo zero; head -c1 /dev/kmsg; echo $?");
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(out.startsWith("zero\n"), out);
    assertTrue(out.contains("Operation not permitted"), out);
    process.waitFor();
    cgroup.remove();
  }

  @Test
  void limitsCanBeChangedWhileItRuns() throws Exception {
    Cgroup cgroup = make("upd", Limits.builder().memory(64 * MIB).build());
    Process process = start(cgroup, "echo in; exec sleep 1000");
    firstLine(process);
    cgroup.update(
        Limits.builder()
            .memory(512 * MIB)
            .memorySwap(-1)
            .nanoCpus(500_000_000)
            .cpuShares(512)
            .pids(77)
            .cpusetCpus("0")
            .build());
    assertEquals(512 * MIB, cgroup.stats().memory().limit());
    assertEquals(77, cgroup.stats().pids().limit());
    assertTrue(
        Files.readString(Path.of("/proc/" + process.pid() + "/status"))
            .contains("Cpus_allowed_list:\t0\n"));
    cgroup.remove();
  }

  @Test
  void aCgroupInUseIsNotTakenOver() throws Exception {
    Cgroup cgroup = make("busy", Limits.none());
    Process process = start(cgroup, "echo in; exec sleep 1000");
    firstLine(process);
    assertThrows(Conflict.class, () -> make("busy", Limits.none()));
    assertTrue(process.isAlive());
    cgroup.remove();
    process.waitFor();
  }

  @Test
  void cgroupsMadeInsideGoWithIt() throws Exception {
    Cgroup cgroup = make("nest", Limits.none());
    Path inner = cgroup.directories().get(0).resolve("inner/most");
    Files.createDirectories(inner);
    cgroup.remove();
    assertFalse(Files.exists(inner.getParent().getParent()));
  }
}

package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.linux.trace.TraceEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every driver must do, on fixture folders and on the kernel alike. */
abstract class CgroupContract {
  @TempDir Path root;
  CgroupDriver driver;

  /** A driver with nothing below its parent folder. */
  abstract CgroupDriver open(Path root);

  /** Device rules that this kind of driver can set here. */
  List<DeviceRule> devices() {
    return DeviceRule.dockerDefaults();
  }

  final Cgroup make(String id, Limits limits) {
    return driver.create(id, limits, devices(), Trace.off());
  }

  @BeforeEach
  final void openDriver() {
    driver = open(root);
  }

  @Test
  final void aCgroupIsMadeFoundListedAndRemoved() {
    Cgroup made = make("one", Limits.builder().build());
    assertEquals("one", made.id());
    assertTrue(made.directories().stream().allMatch(Files::isDirectory));
    assertEquals(List.of(), made.processes());
    assertEquals(List.of("one"), driver.list());
    assertEquals(made.directories(), driver.find("one").orElseThrow().directories());
    made.remove();
    assertEquals(List.of(), driver.list());
    assertTrue(driver.find("one").isEmpty());
    assertFalse(made.directories().stream().anyMatch(Files::exists));
  }

  @Test
  final void removingTwiceIsNoError() {
    Cgroup cgroup = make("twice", Limits.builder().build());
    cgroup.remove();
    cgroup.remove();
  }

  @Test
  final void closingRemovesTheParentOnceItIsEmpty() {
    Cgroup cgroup = make("last", Limits.builder().build());
    Path parent = cgroup.directories().get(0).getParent();
    driver.close();
    assertTrue(Files.exists(cgroup.directories().get(0)), "in use");
    cgroup.remove();
    driver.close();
    assertFalse(Files.exists(parent));
  }

  @Test
  final void limitsAreSetAndChanged() {
    Cgroup cgroup = make("lim", Limits.builder().pids(100).build());
    assertEquals(100, cgroup.stats().pids().limit());
    cgroup.update(Limits.builder().pids(200).build());
    assertEquals(200, cgroup.stats().pids().limit());
    cgroup.update(Limits.builder().build());
    assertEquals(200, cgroup.stats().pids().limit());
    cgroup.remove();
  }

  @Test
  final void aNewCgroupHasUsedNothing() {
    Cgroup cgroup = make("idle", Limits.builder().build());
    assertEquals(0, cgroup.oomKills());
    assertEquals(0, cgroup.stats().pids().current());
    assertEquals(List.of(), cgroup.stats().ioBytes());
    assertFalse(cgroup.isFrozen());
    cgroup.remove();
  }

  @Test
  final void whatACrashLeftIsReplaced() {
    make("again", Limits.builder().pids(5).build());
    Cgroup fresh = make("again", Limits.builder().build());
    assertEquals(CgroupStats.NO_LIMIT, fresh.stats().pids().limit());
    assertEquals(List.of("again"), driver.list());
    fresh.remove();
  }

  @Test
  final void aRefusedLimitLeavesNothing() {
    Limits absurd = Limits.builder().cpusetCpus("4000").build();
    assertThrows(InvalidArgument.class, () -> make("bad", absurd));
    assertEquals(List.of(), driver.list());
  }

  @Test
  final void theJoinFilesAreOpenForWriting() {
    Cgroup cgroup = make("join", Limits.builder().build());
    List<Fd> files = cgroup.openJoin();
    assertEquals(cgroup.directories().size(), files.size());
    files.forEach(Fd::close);
    cgroup.openDirectory().ifPresent(Fd::close);
    assertEquals(driver.version() == 2, cgroup.openDirectory().map(this::closed).isPresent());
    cgroup.remove();
  }

  private Fd closed(Fd fd) {
    fd.close();
    return fd;
  }

  /** Names become paths: none may lead out of the parent folder. */
  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/a", "-a", "a\nb", "a b", "a\0b"})
  final void anIdThatIsNoPlainNameIsRefused(String id) {
    assertThrows(InvalidArgument.class, () -> make(id, Limits.builder().build()));
    assertThrows(InvalidArgument.class, () -> driver.find(id));
    assertEquals(List.of(), driver.list());
  }

  @Test
  final void theTraceTellsWhatToType() {
    Trace trace = Trace.on();
    Cgroup cgroup = driver.create("told", Limits.builder().pids(9).build(), devices(), trace);
    List<String> shell =
        trace.entries().stream().map(TraceEntry::shell).flatMap(Optional::stream).toList();
    for (Path directory : cgroup.directories()) {
      assertTrue(shell.contains("mkdir -p " + directory), shell.toString());
    }
    assertTrue(shell.stream().anyMatch(s -> s.matches("echo 9 > .*/told/pids.max")));
    assertTrue(trace.entries().stream().allMatch(entry -> entry.stage() == Stage.CGROUP));
    cgroup.remove();
  }

  @Test
  final void theControllersThatContainersNeedAreThere() {
    assertTrue(driver.controllers().containsAll(List.of("cpu", "devices", "memory", "pids")));
  }
}

package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Unsupported;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CgroupMountsTest {
  private static final String TMPFS = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755";
  private static final String CPU =
      "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct";
  private static final String SYSTEMD =
      "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup"
          + " rw,xattr,release_agent=/lib/systemd/agent,name=systemd";
  private static final String UNIFIED =
      "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate";

  @Test
  void aHybridHostHasBoth() {
    CgroupMounts mounts = CgroupMounts.parse(List.of(TMPFS, CPU, SYSTEMD, UNIFIED));
    assertEquals(2, mounts.v1().size());
    assertEquals(Path.of("/sys/fs/cgroup/cpu,cpuacct"), mounts.v1().get(0).point());
    assertEquals(Set.of("cpu", "cpuacct"), mounts.v1().get(0).controllers());
    assertTrue(mounts.v1().get(1).controllers().contains("name=systemd"));
    assertFalse(mounts.v1().get(1).controllers().contains("release_agent=/lib/systemd/agent"));
    assertEquals(Optional.of(Path.of("/sys/fs/cgroup/unified")), mounts.unified());
  }

  @Test
  void aHierarchyMountedTwiceIsUsedOnce() {
    String again = CPU.replace("/sys/fs/cgroup/cpu,cpuacct", "/mnt/again");
    assertEquals(1, CgroupMounts.parse(List.of(CPU, again)).v1().size());
  }

  @Test
  void blanksInAMountPointAreRead() {
    String odd = UNIFIED.replace("/sys/fs/cgroup/unified", "/mnt/a\\040b");
    assertEquals(Optional.of(Path.of("/mnt/a b")), CgroupMounts.parse(List.of(odd)).unified());
  }

  @Test
  void theDriverIsChosenByWhatIsMounted() {
    CgroupDetector detector = new CgroupDetector(Kernel.load());
    CgroupParent parent = CgroupParent.parse("/jdocker");
    try (CgroupDriver hybrid =
        detector.detect(CgroupMounts.parse(List.of(TMPFS, CPU, UNIFIED)), parent)) {
      assertEquals(1, hybrid.version());
      assertEquals(Set.of("cpu", "cpuacct"), hybrid.controllers());
    }
    assertThrows(
        Unsupported.class, () -> detector.detect(CgroupMounts.parse(List.of(TMPFS)), parent));
  }

  /** Lines that are none, as a kernel of another time might have: the others count. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "not a line",
        "36 35 98:0 / /mnt rw",
        "36 35 98:0 / /mnt rw - ext4 /dev/root rw",
        "36 35 0:1 / /proc rw shared:1 master:2 - proc proc rw",
        "36 35 0:1 / /sys/fs/cgroup/none rw - cgroup cgroup rw",
      })
  void otherLinesAreNoHierarchyOfControllers(String line) {
    CgroupMounts mounts = CgroupMounts.parse(List.of(line, UNIFIED, CPU));
    assertEquals(Optional.of(Path.of("/sys/fs/cgroup/unified")), mounts.unified());
    assertTrue(mounts.hasV1("cpu"));
    assertFalse(mounts.hasV1("memory"));
  }

  @Test
  void optionalFieldsDoNotMoveTheMountPoint() {
    String many = CPU.replace("shared:9", "shared:9 master:2 propagate_from:3 unbindable");
    assertEquals(
        Path.of("/sys/fs/cgroup/cpu,cpuacct"),
        CgroupMounts.parse(List.of(many)).v1().get(0).point());
  }

  @Test
  void theFirstOfSeveralUnifiedTreesIsUsed() {
    String again = UNIFIED.replace("/sys/fs/cgroup/unified", "/mnt/other");
    assertEquals(
        Optional.of(Path.of("/sys/fs/cgroup/unified")),
        CgroupMounts.parse(List.of(UNIFIED, again)).unified());
  }

  @Test
  void aParentMayBeNested() {
    assertEquals(List.of("a", "b"), CgroupParent.parse("/a/b").names());
  }
}

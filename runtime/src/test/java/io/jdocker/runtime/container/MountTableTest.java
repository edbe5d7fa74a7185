package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTableTest {
  private static final MountTable TABLE =
      MountTable.parse(
          List.of(
              "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
              "22 21 0:20 / /srv rw,relatime - tmpfs tmpfs rw",
              "23 22 0:21 / /srv/data rw shared:5 master:4 - tmpfs tmpfs rw",
              "24 21 0:22 / /with\\040blank\\134and\\011tab rw master:9 - tmpfs tmpfs rw",
              "25 22 0:23 / /srv/data rw - tmpfs upper rw"));

  @ParameterizedTest
  @CsvSource({
    "/,              /,         true,  false",
    "/etc/passwd,    /,         true,  false",
    "/srv,           /srv,      false, false",
    "/srv/dat,       /srv,      false, false",
    "/srv/data/file, /srv/data, false, false",
    "/with,          /,         true,  false",
  })
  void aPathLiesOnTheDeepestAndLast(String path, String point, boolean shared, boolean slave) {
    MountTable.Mount mount = TABLE.of(Path.of(path)).orElseThrow();
    assertEquals(Path.of(point), mount.point());
    assertEquals(shared, mount.isShared());
    assertEquals(slave, mount.isSlave());
  }

  @Test
  void namesAreUnescaped() {
    Path odd = Path.of("/with blank\\and\ttab");
    assertTrue(TABLE.isMountPoint(odd));
    assertTrue(TABLE.of(odd).orElseThrow().isSlave());
    assertFalse(TABLE.isMountPoint(Path.of("/etc")));
  }

  @Test
  void thisMachineHasARoot() {
    assertTrue(MountTable.ofThisEngine().isMountPoint(Path.of("/")));
  }
}

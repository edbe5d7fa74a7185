package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mounts made in a container, on a host whose mounts are shared (mount_namespaces(7)), as systemd
 * makes all of them: a copy of a shared mount is its peer, and what is mounted in the copy appears
 * in the original, unless the copy is made private first.
 */
class PropagationIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String FOREVER = "while :; do sleep 1; done";

  private TestEngine test;
  private Path shared;

  @BeforeEach
  void open() throws IOException {
    test = TestEngine.open();
    shared = Files.createDirectories(test.root().resolve("shared/data"));
    Files.createDirectories(shared.resolve("inner"));
    String folder = shared.toString();
    KERNEL.mounts().mount(folder, folder, null, MountCalls.MS_BIND, null);
    KERNEL.mounts().mount(null, folder, null, MountCalls.MS_SHARED, null);
  }

  @AfterEach
  void close() throws IOException {
    mountsBelow().forEach(point -> KERNEL.mounts().unmount(point, MountCalls.MNT_DETACH));
    KERNEL.mounts().unmount(shared.toString(), MountCalls.MNT_DETACH);
    test.close();
  }

  private List<String> mountsBelow() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .map(line -> line.split(" ", -1)[4])
        .filter(point -> point.startsWith(shared + "/"))
        .toList();
  }

  private Specs sharing(String propagation, String script) {
    MountSpec bind =
        new MountSpec(MountSpec.Kind.BIND, shared.toString(), "/data", false, "", "", false);
    return Specs.shell(script)
        .mount(bind.withTraits(MountTraits.standard().withPropagation(propagation)));
  }

  @Test
  void aMountTheEngineMakesInABindStaysInTheContainer() throws Exception {
    MountSpec inner = new MountSpec(MountSpec.Kind.TMPFS, "", "/data/inner", false, "", "", false);
    Container container =
        test.start(
            sharing("", "grep -c ' /data/inner ' /proc/mounts; " + FOREVER).mount(inner).spec());
    test.awaitOutput(container, "1");
    assertEquals(List.of(), mountsBelow());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "private, 0",
    "rprivate, 0",
    "slave, 0",
    "rslave, 0",
    "shared, 1",
    "rshared, 1"
  })
  void aMountTheContainerMakesReachesTheHostOnlyWhereAskedFor(String propagation, int reached)
      throws Exception {
    Container container =
        test.start(
            sharing(propagation, "mount -t tmpfs x /data/inner && echo done; " + FOREVER)
                .security(new SecuritySpec(true, false, List.of(), List.of(), false, ""))
                .spec());
    test.awaitOutput(container, "done");
    assertEquals(reached, mountsBelow().size(), mountsBelow().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "private, 0",
    "rprivate, 0",
    "slave, 1",
    "rslave, 1",
    "shared, 1",
    "rshared, 1"
  })
  void aMountOfTheHostReachesTheContainerOnlyWhereAskedFor(String propagation, String seen)
      throws Exception {
    Container container = test.start(sharing(propagation, FOREVER).spec());
    KERNEL
        .mounts()
        .mount("x", shared.resolve("inner").toString(), "tmpfs", MountCalls.MS_NOSUID, null);
    String count =
        test.exec(container, Specs.exec("sh", "-c", "grep -c ' /data/inner ' /proc/mounts; true"))
            .stdout()
            .strip();
    assertEquals(seen, count);
  }

  @Test
  void theEnginesOwnMountsAreNotShared() throws Exception {
    String optional =
        test.run(Specs.shell("grep -c shared: /proc/self/mountinfo; true").spec()).stdout();
    assertEquals("0", optional.strip());
    assertTrue(Files.readString(Path.of("/proc/self/mountinfo")).contains("shared:"));
  }
}

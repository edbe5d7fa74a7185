package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.volume.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that are mounts: {@code volume create -o type=...}. */
final class LocalVolumeIT {
  private static final String FOREVER = "trap 'exit 0' TERM; while :; do sleep 0.1; done";
  private static final Map<String, String> TMPFS =
      Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=1m,mode=0700,noexec");

  @TempDir Path host;
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Volume create(Map<String, String> options) {
    return test.engine().volumes().create("vol", Map.of(), options);
  }

  private static Specs using(String script) {
    return Specs.shell(script)
        .mount(new MountSpec(MountSpec.Kind.VOLUME, "vol", "/data", false, "", "", false));
  }

  private static boolean isMounted(Volume volume) throws Exception {
    return Files.readString(Path.of("/proc/thread-self/mountinfo"))
        .contains(" " + volume.data() + " ");
  }

  @Test
  void theContainerSeesTheFileSystemWithItsOptions() throws Exception {
    create(TMPFS);
    String line = test.run(using("grep ' /data ' /proc/self/mountinfo").spec()).stdout();
    assertTrue(line.contains(" - tmpfs tmpfs "), line);
    assertTrue(line.contains("size=1024k,mode=700"), line);
    assertTrue(line.contains("noexec"), line);
  }

  @Test
  void allWhoUseItAtATimeSeeTheSame() throws Exception {
    Volume volume = create(TMPFS);
    assertFalse(isMounted(volume), "nobody uses it yet");
    Container first = test.start(using("echo hello > /data/note; " + FOREVER).spec());
    assertEquals(
        "hello\n",
        test.run(using("while ! [ -s /data/note ]; do sleep 0.01; done; cat /data/note").spec())
            .stdout());
    assertTrue(isMounted(volume), "the first still uses it");
    assertEquals("hello\n", Files.readString(volume.data().resolve("note")));
    test.engine().containers().kill(first.id().hex(), "KILL");
    test.awaitExit(first.id().hex());
    assertFalse(isMounted(volume), "nobody uses it any more");
    assertEquals("", test.run(using("ls /data").spec()).stdout(), "a tmpfs ends with its mount");
  }

  @Test
  void aFolderOfTheHostIsAVolume() throws Exception {
    create(Map.of("type", "none", "device", host.toString(), "o", "bind"));
    test.run(using("echo inside > /data/file").spec());
    assertEquals("inside\n", Files.readString(host.resolve("file")));
  }

  @Test
  void aFolderOfTheHostMayBeReadOnly() throws Exception {
    create(Map.of("type", "none", "device", host.toString(), "o", "bind,ro"));
    assertEquals(1, test.run(using("touch /data/file").spec()).exitCode());
  }

  @Test
  void removingTheVolumeLeavesTheHostsFolder() throws Exception {
    Volume volume = create(Map.of("type", "none", "device", host.toString(), "o", "bind"));
    Files.writeString(host.resolve("precious"), "data");
    test.run(using("true").spec());
    for (Container container : test.engine().containers().list()) {
      test.engine().containers().remove(container.id().hex(), true, true);
    }
    test.engine().volumes().remove("vol", java.util.List.of());
    assertFalse(Files.exists(volume.data()));
    assertEquals("data", Files.readString(host.resolve("precious")));
  }

  @Test
  void whatCannotBeMountedIsNamedAndLeavesNothing() throws Exception {
    Volume volume = create(Map.of("type", "none", "device", host + "/none", "o", "bind"));
    Footprint before = test.footprint();
    EngineException e =
        assertThrows(
            SystemFailure.class, () -> test.engine().containers().create("", using("true").spec()));
    assertEquals(
        "error while mounting volume '"
            + volume.data()
            + "': failed to mount local volume: mount "
            + host
            + "/none:"
            + volume.data()
            + ", flags: 0x1000: ENOENT (No such file or directory)",
        e.getMessage());
    assertEquals(before, test.footprint());
  }

  @Test
  void itIsHeldOverTheEnginesEnd() throws Exception {
    Volume volume = create(TMPFS);
    Container container = test.start(using(FOREVER).spec());
    test.reopen();
    assertTrue(isMounted(volume));
    assertEquals(TMPFS, test.engine().volumes().get("vol").options());
    test.engine().containers().kill(container.id().hex(), "KILL");
    test.awaitExit(container.id().hex());
    assertFalse(isMounted(volume), "the new engine knows who holds it");
  }

  @Test
  void whatACrashHasLeftMountedIsUnmounted() throws Exception {
    Volume volume = create(TMPFS);
    test.engine().kernel().mounts().mount("tmpfs", volume.data().toString(), "tmpfs", 0, null);
    test.reopen();
    assertFalse(isMounted(volume));
  }

  @Test
  void whatSomebodyElseHasUnmountedDoesNotHinderTheEnd() throws Exception {
    Volume volume = create(TMPFS);
    Container container = test.start(using(FOREVER).spec());
    test.engine().kernel().mounts().unmount(volume.data().toString(), 0);
    test.engine().containers().kill(container.id().hex(), "KILL");
    assertEquals(137, test.awaitExit(container.id().hex()));
    assertEquals(Status.EXITED, container.state().status());
    test.reopen();
    assertEquals(
        137, test.engine().containers().get(container.id().hex()).state().exitCode(), "on disk");
  }
}

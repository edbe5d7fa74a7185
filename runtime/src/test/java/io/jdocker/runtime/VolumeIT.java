package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes, folders of the host, and file systems in memory. */
final class VolumeIT {
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

  private static MountSpec volume(String name, String target) {
    return new MountSpec(MountSpec.Kind.VOLUME, name, target, false, "", "", false);
  }

  @Test
  void aNamedVolumeOutlivesItsContainer() throws Exception {
    test.run(Specs.shell("echo kept > /data/file").mount(volume("vol1", "/data")).spec());
    assertEquals(
        "kept\n",
        test.run(Specs.shell("cat /data/file").mount(volume("vol1", "/data")).spec()).stdout());
  }

  @Test
  void anEmptyVolumeGetsWhatTheImageHasThere() throws Exception {
    test.run(
        Specs.shell("stat -c %a /tmp; ls /etc | grep passwd").mount(volume("vol2", "/etc")).spec());
    Path data = test.engine().volumes().get("vol2").data();
    assertTrue(Files.exists(data.resolve("passwd")), "the volume stayed empty");
    Files.delete(data.resolve("passwd"));
    Files.writeString(data.resolve("own"), "mine");
    test.run(Specs.run("true").mount(volume("vol2", "/etc")).spec());
    assertTrue(Files.notExists(data.resolve("passwd")), "a volume in use was written to");
  }

  @Test
  void theVolumeTakesOwnerAndModeOfTheImagesFolder() throws Exception {
    assertEquals(
        "1777\n",
        test.run(Specs.shell("stat -c %a /tmp").mount(volume("vol3", "/tmp")).spec()).stdout());
  }

  @Test
  void anAnonymousVolumeGoesWithAContainerThatRemovesItself() throws Exception {
    BusyboxImage.importInto(test.engine().images(), "withvolume:latest", "VOLUME /data");
    Container container =
        test.engine()
            .containers()
            .create("", Specs.run("true").autoRemove().spec("withvolume:latest"));
    assertEquals(1, test.engine().volumes().list().size());
    test.engine().containers().start(container.id().hex());
    test.awaitRemoval(container);
    assertEquals(0, test.engine().volumes().list().size());
  }

  private Container withVolume(MountSpec... mounts) throws Exception {
    BusyboxImage.importInto(test.engine().images(), "withvolume:latest", "VOLUME /data");
    Specs specs = Specs.run("true");
    List.of(mounts).forEach(specs::mount);
    Container container = test.engine().containers().create("", specs.spec("withvolume:latest"));
    test.engine().containers().start(container.id().hex());
    test.awaitExit(container.id().hex());
    return container;
  }

  /** As an engine leaves it that is killed when the record is gone and the volumes are not. */
  private void cutShort(Container container, String suffix) throws Exception {
    Path folder = test.engine().containers().folder(container);
    Files.move(folder, folder.resolveSibling(folder.getFileName() + suffix));
    test.reopen();
  }

  @Test
  void aRemovalWithVolumesThatWasCutShortIsEndedByTheNextEngine() throws Exception {
    Container container = withVolume(volume("named", "/mine"));
    assertEquals(2, test.engine().volumes().list().size());
    cutShort(container, ".removing-with-volumes");
    assertEquals(
        List.of("named"), test.engine().volumes().list().stream().map(v -> v.name()).toList());
    assertTrue(test.engine().containers().list().isEmpty());
    assertEquals(List.of(), List.of(test.root().resolve("containers").toFile().list()));
  }

  @Test
  void aRemovalWithoutVolumesThatWasCutShortLeavesThem() throws Exception {
    cutShort(withVolume(), ".removing");
    assertEquals(1, test.engine().volumes().list().size());
    assertTrue(test.engine().containers().list().isEmpty());
  }

  @Test
  void aVolumeThatAnotherContainerHasMeanwhileStays() throws Exception {
    Container container = withVolume();
    String name = test.engine().volumes().list().get(0).name();
    test.engine().containers().create("", Specs.run("true").mount(volume(name, "/other")).spec());
    cutShort(container, ".removing-with-volumes");
    assertEquals(1, test.engine().volumes().list().size());
  }

  @Test
  void aFolderOfTheHostIsSharedBothWays() throws Exception {
    Files.writeString(host.resolve("in"), "from the host");
    assertEquals(
        "from the host",
        test.run(
                Specs.shell("cat /mnt/in; echo back > /mnt/out")
                    .bind(host.toString(), "/mnt", false)
                    .spec())
            .stdout());
    assertEquals("back\n", Files.readString(host.resolve("out")));
  }

  @Test
  void readOnlyIsReadOnly() throws Exception {
    TestEngine.Outcome outcome =
        test.run(Specs.shell("touch /mnt/x").bind(host.toString(), "/mnt", true).spec());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.stderr().contains("Read-only file system"), outcome.stderr());
  }

  @Test
  void aSingleFileCanBeMounted() throws Exception {
    Path file = Files.writeString(host.resolve("conf"), "value");
    assertEquals(
        "value",
        test.run(Specs.shell("cat /a/b/conf").bind(file.toString(), "/a/b/conf", true).spec())
            .stdout());
  }

  @Test
  void aTmpfsHasItsOptions() throws Exception {
    MountSpec tmpfs =
        new MountSpec(MountSpec.Kind.TMPFS, "", "/scratch", false, "", "size=64k,mode=700", false);
    TestEngine.Outcome outcome =
        test.run(
            Specs.shell("stat -c %a /scratch; dd if=/dev/zero of=/scratch/f bs=1k count=100")
                .mount(tmpfs)
                .spec());
    assertTrue(outcome.stdout().startsWith("700\n"), outcome.stdout());
    assertTrue(outcome.stderr().contains("No space left"), outcome.stderr());
  }

  @Test
  void aMissingSourceIsAnErrorUnlessItIsToBeMade() throws Exception {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () ->
                test.engine()
                    .containers()
                    .create("", Specs.run("true").bind(host + "/none", "/mnt", false).spec()));
    assertTrue(e.getMessage().contains("bind source path does not exist"), e.getMessage());
    MountSpec made = new MountSpec(MountSpec.Kind.BIND, host + "/new", "/mnt", false, "", "", true);
    assertEquals(0, test.run(Specs.run("true").mount(made).spec()).exitCode());
    assertTrue(Files.isDirectory(host.resolve("new")));
  }
}

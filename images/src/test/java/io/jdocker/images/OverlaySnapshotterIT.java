package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlaySnapshotterIT {
  @TempDir Path root;
  private StoreFixture fixture;
  private Snapshotter snapshots;

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
    snapshots = fixture.store().snapshotter();
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private interface Look {
    void at(Path merged) throws IOException;
  }

  private void mounted(OverlayMount mount, Look look) throws IOException {
    Path merged = Files.createDirectories(root.resolve("merged"));
    MountCalls mounts = fixture.kernel().mounts();
    mounts.mount("overlay", merged.toString(), "overlay", 0, mount.options());
    try {
      look.at(merged);
    } finally {
      mounts.unmount(merged.toString(), 0);
    }
  }

  @Test
  void aSnapshotMountsAndKeepsChangesOutOfTheImage() throws IOException {
    Image image =
        fixture.importTar("a", new TarBuilder().directory(".", 0711).file("x", "image", 0644));
    OverlayMount mount = snapshots.prepare("c1", image);
    mounted(
        mount,
        merged -> {
          assertEquals("image", Files.readString(merged.resolve("x")));
          assertEquals(
              "rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(merged)));
          Files.writeString(merged.resolve("x"), "container");
        });
    assertEquals("container", Files.readString(mount.upper().resolve("x")));
    mounted(
        snapshots.prepare("c2", image),
        merged -> assertEquals("image", Files.readString(merged.resolve("x"))));
  }

  @Test
  void whiteoutsOfLayersHideFilesInTheMount() throws IOException {
    byte[] base =
        new TarBuilder()
            .file("gone", "1", 0644)
            .directory("d", 0755)
            .file("d/old", "1", 0644)
            .symlink("env", "/bin/busybox")
            .build();
    byte[] top =
        new TarBuilder()
            .file(".wh.gone", "", 0644)
            .file("d/.wh..wh..opq", "", 0644)
            .file("d/new", "2", 0644)
            .file("env", "a file", 0755)
            .build();
    fixture.load(Archives.docker("two:1", base, top));
    mounted(
        snapshots.prepare("c1", fixture.store().get("two:1")),
        merged -> {
          assertFalse(Files.exists(merged.resolve("gone")));
          assertFalse(Files.exists(merged.resolve("d/old")));
          assertEquals("2", Files.readString(merged.resolve("d/new")));
          assertEquals("a file", Files.readString(merged.resolve("env")));
        });
  }

  @Test
  void anImageOf127LayersMountsFromTheEnginesFolder() throws Exception {
    byte[][] layers = new byte[127][];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new TarBuilder().file("f" + i, "x", 0644).build();
    }
    fixture.load(Archives.docker("many:1", layers));
    OverlayMount mount = snapshots.prepare("c".repeat(64), fixture.store().get("many:1"));
    assertEquals(127, mount.lower().size());
    String options = mount.options(root);
    assertTrue(options.length() < 4096, options.length() + " bytes");
    // The working directory of a JVM cannot change, so mount(8) stands in for the child.
    String command =
        "mkdir merged && mount -t overlay overlay -o "
            + options
            + " merged && ls merged | wc -l && umount merged";
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals("127\n", output);
  }

  @Test
  void anImageWithoutLayersHasAnEmptyOne() throws IOException {
    fixture.load(Archives.docker("scratch:1"));
    mounted(
        snapshots.prepare("c1", fixture.store().get("scratch:1")),
        merged -> assertEquals(0, new java.io.File(merged.toString()).list().length));
  }

  @Test
  void findListAndRemoveAfterARestart() {
    Image image = fixture.importTar("a", new TarBuilder().file("x", "image", 0644));
    OverlayMount mount = snapshots.prepare("c1", image);
    assertThrows(Conflict.class, () -> snapshots.prepare("c1", image));
    snapshots = fixture.reopen().snapshotter();
    assertEquals(Optional.of(mount), snapshots.find("c1"));
    assertEquals(List.of("c1"), snapshots.list());
    snapshots.remove("c1");
    snapshots.remove("c1");
    assertEquals(Optional.empty(), snapshots.find("c1"));
    assertEquals(List.of(), snapshots.list());
    assertFalse(Files.exists(mount.upper().getParent()));
  }

  @Test
  void aHalfMadeSnapshotIsListedButNotFound() throws IOException {
    Files.createDirectories(root.resolve("snapshots/c1/upper"));
    assertEquals(Optional.empty(), snapshots.find("c1"));
    assertEquals(List.of("c1"), snapshots.list());
    snapshots.remove("c1");
    assertEquals(List.of(), snapshots.list());
  }

  @Test
  void aRemovalCutShortEndsAtTheNextStart() throws IOException {
    Files.createDirectories(root.resolve("snapshots/.removing-c1/upper/d"));
    fixture.reopen();
    assertEquals(0, root.resolve("snapshots").toFile().list().length);
  }

  @Test
  void keysCannotLeaveTheFolder() {
    for (String key : List.of("", "..", "../x", "a/b", ".hidden")) {
      assertThrows(InvalidArgument.class, () -> snapshots.find(key), key);
    }
  }
}

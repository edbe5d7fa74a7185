package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.RemovedItem.Deleted;
import io.jdocker.images.RemovedItem.Untagged;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalIT {
  private static final String CONTAINER = "0123456789abcdef";

  @TempDir Path root;
  private StoreFixture fixture;
  private List<String> empty;
  private Image image;

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
    empty = fixture.files();
    image = fixture.importTar("a:1", new TarBuilder().file("x", "content", 0644));
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private List<ImageUse> use(boolean running) {
    return List.of(new ImageUse(CONTAINER, image.id(), running));
  }

  private ImageStore store() {
    return fixture.store();
  }

  @Test
  void theLastNameTakesTheImageAndItsLayersAlong() {
    assertEquals(
        List.of(new Untagged("a:1"), new Deleted(image.id()), new Deleted(image.chainIds().get(0))),
        store().remove("a:1", false, List.of()));
    assertEquals(empty, fixture.files(), "as before");
    assertThrows(NotFound.class, () -> store().remove("a:1", false, List.of()));
  }

  @Test
  void anotherNameKeepsIt() {
    store().tag("a:1", ImageReference.parse("b"));
    assertEquals(List.of(new Untagged("a:1")), store().remove("a:1", false, List.of()));
    assertEquals(List.of("b:latest"), store().get("b").repoTags());
  }

  @Test
  void byIdAllNamesGoButSeveralMustBeForced() {
    store().tag("a:1", ImageReference.parse("b"));
    String id = image.id().shortHex();
    Conflict e = assertThrows(Conflict.class, () -> store().remove(id, false, List.of()));
    assertEquals(
        "conflict: unable to delete "
            + id
            + " (must be forced) - image is referenced in multiple repositories",
        e.getMessage());
    assertEquals(4, store().remove(id, true, List.of()).size());
    assertEquals(List.of(), store().list());
  }

  @Test
  void aContainerKeepsItsImageFromGoing() {
    Conflict byName = assertThrows(Conflict.class, () -> store().remove("a:1", false, use(false)));
    assertEquals(
        "conflict: unable to remove repository reference \"a:1\" (must force) - container"
            + " 0123456789ab is using its referenced image "
            + image.id().shortHex(),
        byName.getMessage());
    String id = image.id().hex();
    Conflict byId = assertThrows(Conflict.class, () -> store().remove(id, false, use(false)));
    assertTrue(
        byId.getMessage()
            .endsWith("(must be forced) - image is being used by stopped container 0123456789ab"));
    Conflict running = assertThrows(Conflict.class, () -> store().remove(id, true, use(true)));
    assertTrue(
        running
            .getMessage()
            .endsWith(
                "(cannot be forced) - image is being used by running container 0123456789ab"));
    assertEquals(List.of("a:1"), store().get("a:1").repoTags(), "nothing was done");
  }

  @Test
  void forcedByNameARunningContainersImageStaysWithoutName() {
    assertEquals(List.of(new Untagged("a:1")), store().remove("a:1", true, use(true)));
    assertTrue(store().get(image.id().hex()).dangling());
  }

  @Test
  void layersStayWhileASnapshotStandsOnThem() throws Exception {
    OverlayMount mount = store().snapshotter().prepare("c1", image);
    Path layer = mount.lower().get(0);
    store().remove("a:1", true, use(false));
    assertTrue(Files.exists(layer.resolve("x")));
    fixture.reopen();
    assertTrue(Files.exists(layer.resolve("x")), "also after a restart");
    assertEquals(mount, store().snapshotter().find("c1").orElseThrow());
    store().snapshotter().remove("c1");
    fixture.reopen();
    assertFalse(Files.exists(layer));
    assertEquals(empty, fixture.files());
  }

  @Test
  void sharedLayersStayForTheOtherImage() {
    byte[] tar = new TarBuilder().file("x", "content", 0644).build();
    Image other = fixture.importTar("b", tar, "CMD b");
    assertEquals(
        List.of(new Untagged("a:1"), new Deleted(image.id())),
        store().remove("a:1", false, List.of()));
    assertTrue(Files.exists(store().layers(other).get(0).folder().resolve("x")));
  }

  @Test
  void pruneTakesDanglingImagesThatNobodyUses() {
    Image newer = fixture.importTar("a:1", new TarBuilder().file("x", "newer", 0644));
    assertEquals(new PruneReport(List.of(), 0), store().pruneDangling(use(false), i -> true));
    assertEquals(new PruneReport(List.of(), 0), store().pruneDangling(List.of(), i -> false));
    PruneReport report = store().pruneDangling(List.of(), i -> true);
    assertEquals(7, report.spaceReclaimed());
    assertEquals(new Deleted(image.id()), report.removed().get(0));
    assertEquals(List.of(newer), store().list());
    assertEquals(3, store().pruneUnused(List.of(), i -> true).removed().size());
    assertEquals(empty, fixture.files());
  }

  @Test
  void tagsAreChecked() {
    ImageReference digested = ImageReference.parse("b@" + image.id());
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> store().tag("a:1", digested));
    assertEquals("refusing to create a tag with a digest reference", e.getMessage());
    assertThrows(NotFound.class, () -> store().tag("nope", ImageReference.parse("b")));
  }

  @Test
  void historyNamesTheImport() {
    List<HistoryItem> history = store().history("a:1");
    assertEquals(1, history.size());
    assertEquals(image.id().toString(), history.get(0).id());
    assertEquals("Imported from -", history.get(0).comment());
    assertEquals(7, history.get(0).size());
    assertEquals(List.of("a:1"), history.get(0).tags());
  }
}

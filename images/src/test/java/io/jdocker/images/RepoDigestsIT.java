package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.Conflict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digests by which registries know an image: who gets them, and when they go. */
class RepoDigestsIT {
  @TempDir Path root;
  private FakeRegistry registry;
  private RegistryFixture fixture;
  private RegistryImage content;
  private Digest digest;
  private String id;

  @BeforeEach
  void pull() {
    registry = FakeRegistry.start();
    fixture = new RegistryFixture(root);
    content = new RegistryImage().layer(new TarBuilder().file("f", "x", 0644));
    digest = content.putInto(registry, "app", "1");
    id = fixture.pull(name("app:1")).image().id().toString();
  }

  @AfterEach
  void stop() {
    fixture.close();
    registry.close();
  }

  private String name(String rest) {
    return registry.host() + "/" + rest;
  }

  private List<String> remove(String name) {
    return fixture.store().remove(name, false, List.of()).stream()
        .map(
            item ->
                item instanceof RemovedItem.Untagged tag
                    ? tag.reference()
                    : ((RemovedItem.Deleted) item).digest().shortHex())
        .toList();
  }

  private Image image() {
    return fixture.store().get(id);
  }

  @Test
  void theLastTagOfARepositoryTakesItsDigestsAlong() {
    List<String> removed = remove(name("app:1"));
    assertEquals(name("app:1"), removed.get(0));
    assertEquals(name("app@" + digest), removed.get(1));
    assertEquals(List.of(), fixture.store().list());
    assertEquals(List.of(), fixture.in("blobs/sha256"), "the manifest, too");
  }

  @Test
  void anotherTagOfItKeepsThem() {
    fixture.store().tag(id, ImageReference.parse(name("app:2")));
    assertEquals(List.of(name("app:1")), remove(name("app:1")));
    assertEquals(List.of(name("app@" + digest)), image().repoDigests());
  }

  @Test
  void aTagElsewhereKeepsTheImageWithoutThem() {
    fixture.store().tag(id, ImageReference.parse("mine:1"));
    assertEquals(List.of(name("app:1"), name("app@" + digest)), remove(name("app:1")));
    assertEquals(List.of("mine:1"), image().repoTags());
    assertEquals(List.of(), image().repoDigests());
    fixture.reopen();
    assertEquals(List.of(), image().repoDigests(), "for good");
  }

  @Test
  void aDigestIsANameThatCanBeRemoved() {
    assertEquals(List.of(name("app@" + digest)), remove(name("app@" + digest)));
    assertEquals(List.of(name("app:1")), image().repoTags());
    fixture.pull(name("app@" + digest));
    assertEquals(List.of(name("app@" + digest)), image().repoDigests());
  }

  @Test
  void theLastDigestTakesTheImageAlong() {
    fixture.store().remove(name("app:1"), false, List.of());
    fixture.pull(name("app@" + digest));
    assertTrue(image().dangling(), "a digest is no tag");
    assertEquals(name("app@" + digest), remove(name("app@" + digest)).get(0));
    assertEquals(List.of(), fixture.store().list());
  }

  @Test
  void byIdAllOfItGoes() {
    assertEquals(List.of(name("app:1"), name("app@" + digest)), remove(id).subList(0, 2));
    assertEquals(List.of(), fixture.store().list());
  }

  @Test
  void twoRepositoriesMustBeForced() {
    fixture.store().tag(id, ImageReference.parse(name("copy:1")));
    fixture.push(name("copy:1"));
    assertEquals(List.of(name("app@" + digest), name("copy@" + digest)), image().repoDigests());
    assertThrows(Conflict.class, () -> remove(id));
    assertEquals(List.of(name("copy:1"), name("copy@" + digest)), remove(name("copy:1")));
    assertEquals(List.of(name("app@" + digest)), image().repoDigests());
  }

  @Test
  void aDanglingOneIsPruned() {
    new RegistryImage().layer(new TarBuilder().file("g", "y", 0644)).putInto(registry, "app", "1");
    fixture.pull(name("app:1"));
    assertTrue(image().dangling());
    PruneReport report = fixture.store().pruneDangling(List.of(), one -> true);
    assertEquals(1, report.spaceReclaimed());
    assertEquals(1, fixture.store().list().size());
  }

  @Test
  void anImageIsFoundByTagAndDigestTogether() {
    assertEquals(id, fixture.store().get(name("app:1@" + digest)).id().toString());
    assertEquals(id, fixture.store().get(name("app:other@" + digest)).id().toString());
    assertTrue(fixture.store().find(name("other@" + digest)).isEmpty());
  }
}

package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ContainerRegistryTest {
  private final ContainerRegistry registry = new ContainerRegistry();

  @Test
  void aContainerIsFoundByIdByNameAndByPrefix() {
    Container web = add("ab12", "web");
    add("ac00", "db");
    for (String reference : List.of(web.id().hex(), "web", "/web", "ab", "ab12")) {
      assertSame(web, registry.get(reference), reference);
    }
  }

  @Test
  void aPrefixOfTwoIsAmbiguousAndOfNoneIsNotFound() {
    add("ab12", "web");
    add("ab34", "db");
    InvalidArgument ambiguous = assertThrows(InvalidArgument.class, () -> registry.get("ab"));
    assertEquals("Multiple IDs found with provided prefix: ab", ambiguous.getMessage());
    NotFound missing = assertThrows(NotFound.class, () -> registry.get("ad"));
    assertEquals("No such container: ad", missing.getMessage());
    assertEquals(Optional.empty(), registry.find("ab1200000001"));
  }

  @Test
  void theEmptyTextIsNoPrefix() {
    add("ab12", "web");
    assertEquals(Optional.empty(), registry.find(""));
    assertEquals(Optional.empty(), registry.find("/"));
  }

  @Test
  void aNameComesBeforeAPrefixAndAFullIdBeforeAName() {
    Container first = add("ab12", "web");
    Container named = add("cd34", "ab");
    assertSame(named, registry.get("ab"));
    add("ef56", first.id().hex());
    assertSame(first, registry.get(first.id().hex()));
  }

  @Test
  void aNameIsTakenOnceAndTheRefusalNamesTheOwner() {
    registry.reserveName("web", Records.id("ab"));
    Conflict e = assertThrows(Conflict.class, () -> registry.reserveName("/web", Records.id("cd")));
    assertEquals(
        "Conflict. The container name \"/web\" is already in use by container \""
            + Records.id("ab")
            + "\". You have to remove (or rename) that container to be able to reuse that name.",
        e.getMessage());
  }

  @Test
  void onlyTheOwnerReleasesAName() {
    registry.reserveName("web", Records.id("ab"));
    registry.releaseName("web", Records.id("cd"));
    assertThrows(Conflict.class, () -> registry.reserveName("web", Records.id("cd")));
    registry.releaseName("web", Records.id("ab"));
    assertEquals("web", registry.reserveName("web", Records.id("cd")));
  }

  @Test
  void aNameReservedForAContainerThatIsNotThereYetIsNotFound() {
    registry.reserveName("web", Records.id("ab"));
    assertEquals(Optional.empty(), registry.find("web"));
  }

  @Test
  void withoutAWishTheEngineChoosesAFreeName() {
    Set<String> names = new HashSet<>();
    // More than there are names without a number.
    for (int i = 0; i < 3000; i++) {
      String name = registry.reserveName("", registry.newId());
      assertEquals(name, ContainerName.parse(name));
      names.add(name);
    }
    assertEquals(3000, names.size());
  }

  @Test
  void whatIsRemovedIsGoneWithItsName() {
    Container web = add("ab12", "web");
    Container db = add("cd34", "db");
    registry.remove(web);
    assertEquals(List.of(db), List.copyOf(registry.all()));
    assertEquals(Optional.empty(), registry.find("web"));
    assertEquals(Optional.empty(), registry.find("ab12"));
    assertEquals("web", registry.reserveName("web", Records.id("ef")));
  }

  @Test
  void ofManyThreadsThatWantANameOneGetsIt() {
    AtomicInteger refused = new AtomicInteger();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  registry.reserveName("web", registry.newId());
                } catch (Conflict e) {
                  refused.incrementAndGet();
                }
              }));
    }
    threads.forEach(CompletableFuture::join);
    assertEquals(7, refused.get());
  }

  @Test
  void idsAreNew() {
    assertNotEquals(registry.newId(), registry.newId());
  }

  private Container add(String idPrefix, String name) {
    Container container = Records.container(idPrefix, name);
    registry.reserveName(name, container.id());
    registry.add(container);
    return container;
  }
}

package io.jdocker.network.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespacesIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private Namespaces namespaces;

  @BeforeEach
  void open() {
    namespaces = new Namespaces(KERNEL, root.resolve("pins"), root.resolve("names"), 3);
  }

  @AfterEach
  void nothingStaysMounted() throws IOException {
    namespaces.list().forEach(namespaces::remove);
    namespaces.close();
    assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(root.toString()));
  }

  private Object inode(Path file) {
    try {
      return Files.getAttribute(file, "unix:ino");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void eachNamespaceIsFreshReadyAndPinned() {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 8; i++) { // more than there are in stock
      try (OpenNamespace namespace = namespaces.create("n" + i, "x", Trace.off())) {
        assertTrue(seen.add(inode(namespaces.pin("n" + i))), "the same namespace twice");
        assertEquals(1, namespace.netlink().links().list().size());
        assertTrue(namespace.netlink().links().find("lo").orElseThrow().isUp());
      }
    }
    try (OpenNamespace again = namespaces.open("n3")) {
      assertEquals(1, again.netlink().links().list().size());
    }
    assertEquals(8, namespaces.list().size());
  }

  @Test
  void namedOnesAreMadeAheadFromTheFirstOn() {
    AtomicInteger prepared = new AtomicInteger();
    Path folder = root.resolve("pins");
    try (Namespaces stock =
        new Namespaces(
            KERNEL, folder, root.resolve("names"), 2, fd -> prepared.incrementAndGet())) {
      stock.create("plain", "x", Trace.off()).close();
      assertEquals(0, prepared.get(), "nobody asked for names yet");
      try (OpenNamespace first = stock.createNamed("first", "x", Trace.off())) {
        assertFalse(first.named(), "the caller sets the rules itself");
      }
      while (prepared.get() < 2) {
        Thread.onSpinWait();
      }
      try (OpenNamespace second = takenNamed(stock)) {
        assertTrue(second.named());
        assertTrue(second.netlink().links().find("lo").orElseThrow().isUp());
      }
      try (OpenNamespace plain = stock.create("plain2", "x", Trace.off())) {
        assertFalse(plain.named());
      }
    }
  }

  /** The thread has counted a namespace a moment before it is in stock. */
  private OpenNamespace takenNamed(Namespaces stock) {
    for (int i = 0; ; i++) {
      OpenNamespace taken = stock.createNamed("second" + i, "x", Trace.off());
      if (taken.named()) {
        return taken;
      }
      taken.close();
    }
  }

  @Test
  void whereRulesCannotBeSetTheCallerMeetsTheErrorItself() {
    try (Namespaces stock =
        new Namespaces(
            KERNEL,
            root.resolve("pins"),
            root.resolve("names"),
            2,
            fd -> {
              throw new SystemFailure("no iptables here");
            })) {
      for (int i = 0; i < 5; i++) {
        try (OpenNamespace namespace = stock.createNamed("n" + i, "x", Trace.off())) {
          assertFalse(namespace.named());
        }
      }
    }
  }

  @Test
  void anIdInUseIsRefusedAndItsOwnerKeepsIt() {
    namespaces.create("one", "x", Trace.off()).close();
    Object before = inode(namespaces.pin("one"));
    assertThrows(SystemFailure.class, () -> namespaces.create("one", "x", Trace.off()));
    assertEquals(before, inode(namespaces.pin("one")));
  }

  @Test
  void namesAreLinksThatOnlyTheirOwnerRemoves() {
    Path names = root.resolve("names");
    namespaces.create("one", "web", Trace.off()).close();
    namespaces.name("one", "web");
    assertEquals(inode(namespaces.pin("one")), inode(names.resolve("web")));
    namespaces.name("one", "web"); // done again
    assertEquals("web-two", namespaces.freeName("web", "two"));
    assertThrows(SystemFailure.class, () -> namespaces.name("two", "web"));
    namespaces.unname("two", "web");
    assertTrue(Files.exists(names.resolve("web")));
    namespaces.unname("one", "web");
    assertFalse(Files.exists(names.resolve("web"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void danglingNamesAreFreeAndSwept() throws IOException {
    Path names = Files.createDirectories(root.resolve("names"));
    Files.createSymbolicLink(names.resolve("web"), namespaces.pin("gone").toAbsolutePath());
    Path foreign = Files.createSymbolicLink(names.resolve("other"), Path.of("/nowhere/else"));
    assertEquals("web", namespaces.freeName("web", "two"));
    namespaces.removeDanglingNames();
    assertFalse(Files.exists(names.resolve("web"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(foreign, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void namesThatADeletedRootLeftAreSweptAndLivingOnesStay() throws IOException {
    Path names = Files.createDirectories(root.resolve("names"));
    Path gone = root.resolve("other/netns/0123456789ab");
    Path alive = root.resolve("third/netns/0123456789cd");
    Files.createDirectories(alive.getParent());
    Files.createFile(alive);
    Files.createSymbolicLink(names.resolve("gone"), gone);
    Files.createSymbolicLink(names.resolve("alive"), alive);
    Files.createSymbolicLink(names.resolve("mine"), Path.of("/no/netns/0123456789abc")); // 13
    Files.createFile(names.resolve("plain"));
    namespaces.removeDanglingNames();
    try (Stream<Path> left = Files.list(names)) {
      assertEquals(
          List.of("alive", "mine", "plain"),
          left.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aPinWithoutMountIsRemovedToo() throws IOException {
    Files.createFile(Files.createDirectories(root.resolve("pins")).resolve("half"));
    assertEquals(List.of("half"), namespaces.list());
    namespaces.remove("half");
    assertEquals(List.of(), namespaces.list());
  }

  @Test
  void onlyNetworkNamespacesCanBeJoined() throws IOException {
    namespaces.requireNamespace(Path.of("/proc/self/ns/net"));
    Path file = Files.createFile(root.resolve("file"));
    assertThrows(InvalidArgument.class, () -> namespaces.requireNamespace(file));
    assertThrows(
        InvalidArgument.class, () -> namespaces.requireNamespace(Path.of("/proc/self/ns/uts")));
    assertThrows(NotFound.class, () -> namespaces.requireNamespace(root.resolve("nope")));
  }
}

package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerFiles;
import io.jdocker.runtime.testing.HostileImage;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cp against a container that wants to get at the host's files by it. */
final class HostileCopyIT {
  private static final int ROUNDS = 300;

  @TempDir Path host;
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    Files.writeString(host.resolve("secret"), "of the host");
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private ContainerFiles files() {
    return test.engine().containers().files();
  }

  private static byte[] file(String name, String content) {
    return new TarBuilder().file(name, content, 0644).build();
  }

  private String read(String id, String path) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files().copyOut(id, path, stat -> out);
    TarReader reader = new TarReader(new ByteArrayInputStream(out.toByteArray()));
    StringBuilder all = new StringBuilder();
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      all.append(new String(reader.content().readAllBytes(), StandardCharsets.UTF_8));
    }
    return all.toString();
  }

  /** CVE-2018-15664, CVE-2019-10152: a folder swapped for a link to the host's while it is read. */
  @Test
  void cve201815664AFolderThatIsSwappedLeadsNowhereElse() throws Exception {
    String swap =
        "mkdir -p /a/real; echo mine > /a/real/secret; mkdir -p %1$s; echo inside > %1$s/secret;"
            + " ln -s %1$s /a/link; ln -s /a/real /a/b; echo ready; while :; do ln -sfn %1$s /a/b;"
            + " ln -sfn /a/real /a/b; done";
    Container container = test.start(Specs.shell(swap.formatted(host)).spec());
    test.awaitOutput(container, "ready");
    String id = container.id().hex();
    byte[] tar = file("planted", "by cp");
    for (int round = 0; round < ROUNDS; round++) {
      try {
        String seen = read(id, "/a/b/secret");
        assertTrue(seen.equals("mine\n") || seen.equals("inside\n"), seen);
        files().copyIn(id, "/a/b", new ByteArrayInputStream(tar), true, false);
      } catch (EngineException swapped) {
        // Caught in the moment without a link: an error is right, too.
        assertFalse(Files.exists(host.resolve("planted")));
      }
    }
    assertFalse(Files.exists(host.resolve("planted")), "cp wrote to the host");
    assertEquals("of the host", Files.readString(host.resolve("secret")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../../planted", "/planted", "up/planted", "./../planted"})
  void aMembersNameDoesNotLeadOut(String name) throws Exception {
    Container container =
        test.start(
            Specs.shell("mkdir /t; ln -s ../../../../../../.. /t/up; echo ready; exec sleep 1000")
                .spec());
    test.awaitOutput(container, "ready");
    String id = container.id().hex();
    files().copyIn(id, "/t", new ByteArrayInputStream(file(name, "x")), true, false);
    assertFalse(Files.exists(Path.of("/planted")));
    boolean inside =
        name.startsWith("up") ? !read(id, "/planted").isEmpty() : !read(id, "/t/planted").isEmpty();
    assertTrue(inside, "it went somewhere else");
  }

  @Test
  void aHardLinkDoesNotReachTheHost() throws Exception {
    Container container = test.start(Specs.shell("echo ready; exec sleep 1000").spec());
    test.awaitOutput(container, "ready");
    String id = container.id().hex();
    byte[] tar = new TarBuilder().hardLink("stolen", "../../.." + host + "/secret").build();
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () -> files().copyIn(id, "/tmp", new ByteArrayInputStream(tar), true, false));
    assertTrue(e.getMessage().contains("there is no folder"), e.getMessage());
  }

  @Test
  void aLinkOfTheArchiveItselfStaysInTheContainer() throws Exception {
    Container container = test.start(Specs.shell("echo ready; exec sleep 1000").spec());
    test.awaitOutput(container, "ready");
    String id = container.id().hex();
    byte[] tar =
        new TarBuilder().symlink("out", host.toString()).file("out/planted", "x", 0644).build();
    assertThrows(
        InvalidArgument.class,
        () -> files().copyIn(id, "/tmp", new ByteArrayInputStream(tar), true, false));
    assertFalse(Files.exists(host.resolve("planted")));
  }

  /** A FIFO is a member of its kind: who opened it to read would wait for ever. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aFifoOrDeviceIsNeverOpened() throws Exception {
    Container container =
        test.start(Specs.shell("mkdir /t; mkfifo /t/pipe; echo ready; exec sleep 1000").spec());
    test.awaitOutput(container, "ready");
    assertEquals("", read(container.id().hex(), "/t"));
    assertEquals("", read(container.id().hex(), "/dev/zero"));
  }

  /** CVE-2019-14271: with -a, users are looked up in files of the container, by our own parser. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void cve201914271UsersAreNotLookedUpByTheContainersCode() throws Exception {
    HostileImage.importInto(
        test.engine().images(),
        "evil:1",
        tar ->
            tar.file("lib/libnss_files.so.2", "not a library", 0755)
                .file("etc/passwd", "me:x:7:8::/:/bin/sh\n", 0644)
                .file("etc/nsswitch.conf", "passwd: evil\n", 0644),
        "USER me");
    Container container = test.engine().containers().create("", Specs.run("true").spec("evil:1"));
    String id = container.id().hex();
    files().copyIn(id, "/tmp", new ByteArrayInputStream(file("f", "x")), true, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files().copyOut(id, "/tmp/f", stat -> out);
    TarEntry entry =
        new TarReader(new ByteArrayInputStream(out.toByteArray())).next().orElseThrow();
    assertEquals(7, entry.uid());
    assertEquals(8, entry.gid());
  }

  /** CVE-2024-9676 by way of cp -a: an account file that never ends, or never answers. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void cve20249676AnAccountFileThatIsNoFileIsAnError() throws Exception {
    HostileImage.importInto(
        test.engine().images(), "fifo:1", tar -> tar.symlink("etc/passwd", "/dev/zero"), "USER me");
    String id = test.engine().containers().create("", Specs.run("true").spec("fifo:1")).id().hex();
    assertThrows(
        InvalidArgument.class,
        () -> files().copyIn(id, "/tmp", new ByteArrayInputStream(file("f", "")), true, true));
  }
}

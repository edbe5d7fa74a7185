package io.jdocker.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarType;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerFiles;
import io.jdocker.runtime.container.PathStat;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files copied in and out of containers that run, have run, and have never run. */
final class CopyIT {
  private static final String PREPARE =
      "mkdir -p /src/dir; echo one > /src/f; echo two > /src/dir/g; ln -s f /src/link;"
          + " ln -s /src/dir /src/dirlink; ln -s /nowhere /src/dead; chmod 4750 /src/f; mkfifo"
          + " /src/pipe; ln -s ../../../../etc /src/up; echo ready; ";

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private ContainerFiles files() {
    return test.engine().containers().files();
  }

  /** A container with some files, running or not. */
  private String prepared(boolean running, Specs more) throws Exception {
    Container container = test.start(more.spec());
    test.awaitOutput(container, "ready");
    if (!running) {
      test.engine().containers().kill(container.id().hex(), "KILL");
      test.awaitExit(container.id().hex());
    }
    return container.id().hex();
  }

  private String prepared(boolean running) throws Exception {
    return prepared(running, Specs.shell(PREPARE + "exec sleep 1000"));
  }

  private void copyIn(String id, String path, TarBuilder tar) throws IOException {
    files().copyIn(id, path, new ByteArrayInputStream(tar.build()), true, false);
  }

  private String content(String id, String path) throws IOException {
    return Tars.copyOut(files(), id, path).values().iterator().next().content();
  }

  @ParameterizedTest(name = "running {0}")
  @ValueSource(booleans = {true, false})
  void everyPathGivesItsMembers(boolean running) throws Exception {
    String id = prepared(running);
    Map<String, List<String>> expected =
        Map.of(
            "/src/f", List.of("f"),
            "src/f", List.of("f"),
            "/src/../src/./f", List.of("f"),
            "/src/dir", List.of("dir/", "dir/g"),
            "/src/dir/", List.of("dir/", "dir/g"),
            "/src/dir/.", List.of("./", "./g"),
            "/src/dirlink", List.of("dirlink"),
            "/src/dirlink/", List.of("dirlink/", "dirlink/g"),
            "/src/dirlink/g", List.of("g"),
            "/src/up/passwd", List.of("passwd"));
    for (Map.Entry<String, List<String>> path : expected.entrySet()) {
      assertEquals(
          path.getValue(),
          List.copyOf(Tars.copyOut(files(), id, path.getKey()).keySet()),
          path.getKey());
    }
  }

  @ParameterizedTest(name = "running {0}")
  @ValueSource(booleans = {true, false})
  void membersAreWhatTheFilesAre(boolean running) throws Exception {
    Map<String, Tars.Member> members = Tars.copyOut(files(), prepared(running), "/src");
    assertEquals("one\n", members.get("src/f").content());
    assertEquals(04750, members.get("src/f").entry().mode());
    assertEquals("f", members.get("src/link").entry().linkName());
    assertEquals("/nowhere", members.get("src/dead").entry().linkName());
    assertEquals(TarType.FIFO, members.get("src/pipe").entry().type());
    assertEquals(9, members.size());
  }

  @ParameterizedTest
  @CsvSource({
    "/src/f, f, 4, '', 8001e8",
    "/src, src, -1, '', 800001ed",
    "/src/link, link, 1, /src/f, 80001ff",
    "/src/dead, dead, 8, /nowhere, 80001ff",
    "/src/dirlink, dirlink, 8, /src/dir, 80001ff",
    "/src/up, up, 15, /etc, 80001ff",
    "/src/dirlink/, dirlink, -1, '', 800001ed",
    "/src/pipe, pipe, 0, '', 20001a4",
    "/, /, -1, '', -1",
  })
  void aStatTellsWhatDockersClientsNeed(
      String path, String name, long size, String target, String mode) throws Exception {
    PathStat stat = files().stat(prepared(true), path);
    assertEquals(name, stat.name());
    assertEquals(target, stat.linkTarget());
    if (size >= 0) {
      assertEquals(size, stat.size());
    }
    if (!mode.equals("-1")) {
      assertEquals(mode, Long.toHexString(stat.mode()));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "/nope, NotFound, Could not find the file /nope in container",
    "/src/nope/x, NotFound, Could not find the file",
    "/src/dead/, NotFound, Could not find the file",
    "/src/f/, InvalidArgument, not a directory",
    "/src/f/x, InvalidArgument, not a directory",
    "/src/f/., InvalidArgument, not a directory",
    "'', InvalidArgument, is missing",
  })
  void aPathThatIsNotThereIsAnError(String path, String kind, String message) throws Exception {
    String id = prepared(false);
    EngineException out =
        assertThrows(EngineException.class, () -> Tars.copyOut(files(), id, path));
    assertEquals(kind, out.getClass().getSimpleName());
    assertTrue(out.getMessage().contains(message), out.getMessage());
    EngineException stat = assertThrows(EngineException.class, () -> files().stat(id, path));
    assertEquals(out.getMessage(), stat.getMessage());
  }

  @ParameterizedTest(name = "running {0}")
  @ValueSource(booleans = {true, false})
  void whatIsCopiedInIsThere(boolean running) throws Exception {
    String id = prepared(running);
    TarArchiveEntry owned = TarBuilder.entry("owned", TarConstants.LF_NORMAL, 0640);
    owned.setUserId(1000);
    owned.setGroupId(50);
    owned.setModTime(1_234_567_890_000L);
    copyIn(
        id,
        "/src/dirlink",
        new TarBuilder()
            .file("new", "n", 0600)
            .directory("sub", 0711)
            .symlink("sub/link", "../new")
            .hardLink("hard", "new")
            .file("g", "replaced", 0644)
            .file("implicit/deep/x", "x", 0644)
            .add(owned, "o".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Map<String, Tars.Member> members = Tars.copyOut(files(), id, "/src/dir");
    assertEquals("n", members.get("dir/hard").content());
    assertEquals("dir/hard", members.get("dir/new").entry().linkName());
    assertEquals("replaced", members.get("dir/g").content());
    assertEquals(0711, members.get("dir/sub/").entry().mode());
    assertEquals("../new", members.get("dir/sub/link").entry().linkName());
    assertEquals(0755, members.get("dir/implicit/deep/").entry().mode());
    assertEquals(1000, members.get("dir/owned").entry().uid());
    assertEquals(50, members.get("dir/owned").entry().gid());
    assertEquals(1_234_567_890L, members.get("dir/owned").entry().mtimeSeconds());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/nope, NotFound, Could not find the file /nope in container",
    "/src/f, InvalidArgument, extraction point is not a directory",
    "/src/dead, NotFound, Could not find the file",
  })
  void aTargetThatIsNoFolderIsAnError(String path, String kind, String message) throws Exception {
    String id = prepared(true);
    EngineException e =
        assertThrows(
            EngineException.class, () -> copyIn(id, path, new TarBuilder().file("x", "", 0644)));
    assertEquals(kind, e.getClass().getSimpleName());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void foldersAndFilesAreNotSwappedUnlessAllowed() throws Exception {
    String id = prepared(true);
    InvalidArgument folder =
        assertThrows(
            InvalidArgument.class,
            () -> copyIn(id, "/src", new TarBuilder().file("dir", "", 0644)));
    assertTrue(folder.getMessage().contains("cannot overwrite directory"), folder.getMessage());
    InvalidArgument file =
        assertThrows(
            InvalidArgument.class, () -> copyIn(id, "/src", new TarBuilder().directory("f", 0755)));
    assertTrue(file.getMessage().contains("cannot overwrite non-directory"), file.getMessage());
    byte[] tar = new TarBuilder().file("dir", "now a file", 0644).directory("f", 0755).build();
    files().copyIn(id, "/src", new ByteArrayInputStream(tar), false, false);
    assertEquals("now a file", content(id, "/src/dir"));
    assertTrue(files().stat(id, "/src/f").isDirectory());
  }

  @Test
  void filesOfAnotherUserByRequest() throws Exception {
    String id = prepared(true, Specs.shell("echo ready; exec sleep 1000").user("user:staff"));
    byte[] tar = new TarBuilder().file("mine", "", 0600).build();
    files().copyIn(id, "/tmp", new ByteArrayInputStream(tar), true, true);
    Tars.Member mine = Tars.copyOut(files(), id, "/tmp/mine").get("mine");
    assertEquals(1000, mine.entry().uid());
    assertEquals(50, mine.entry().gid());
  }

  @Test
  void aGzippedArchiveIsTakenToo() throws Exception {
    java.io.ByteArrayOutputStream zipped = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(zipped)) {
      gzip.write(new TarBuilder().file("z", "zipped", 0644).build());
    }
    String id = prepared(false);
    files().copyIn(id, "/src", new ByteArrayInputStream(zipped.toByteArray()), true, false);
    assertEquals("zipped", content(id, "/src/z"));
  }

  @ParameterizedTest(name = "running {0}")
  @ValueSource(booleans = {true, false})
  void volumesAndPartsOfTheHostAreSeenAndWritten(boolean running) throws Exception {
    MountSpec volume = new MountSpec(MountSpec.Kind.VOLUME, "vol", "/v", false, "", "", false);
    String id =
        prepared(
            running, Specs.shell("echo kept > /v/f; echo ready; exec sleep 1000").mount(volume));
    assertEquals("kept\n", content(id, "/v/f"));
    copyIn(id, "/v", new TarBuilder().file("in", "copied", 0644));
    assertEquals("copied", test.run(Specs.run("cat", "/v/in").mount(volume).spec()).stdout());
    Map<String, Tars.Member> whole = Tars.copyOut(files(), id, "/v/.");
    assertEquals(List.of("./", "./f", "./in"), List.copyOf(whole.keySet()));
  }

  @Test
  void aContainerThatNeverRanHasItsVolume() throws Exception {
    MountSpec volume = new MountSpec(MountSpec.Kind.VOLUME, "vol", "/new/v", false, "", "", false);
    ContainerSpec spec = Specs.run("cat", "/new/v/f").mount(volume).spec();
    String id = test.engine().containers().create("", spec).id().hex();
    copyIn(id, "/new/v", new TarBuilder().file("f", "before the start", 0644));
    assertEquals("before the start", content(id, "/new/v/f"));
    assertTrue(test.engine().containers().files().changes(id).isEmpty());
    test.engine().containers().start(id);
    assertEquals(0, test.awaitExit(id));
  }

  @Test
  void nothingIsWrittenWhereTheContainerMayNot() throws Exception {
    MountSpec sealed = new MountSpec(MountSpec.Kind.VOLUME, "vol", "/v", true, "ro", "", false);
    test.run(
        Specs.run("mkdir", "/v/open")
            .mount(new MountSpec(MountSpec.Kind.VOLUME, "vol", "/v", false, "", "", false))
            .spec());
    MountSpec open = new MountSpec(MountSpec.Kind.VOLUME, "vol2", "/v/open", false, "", "", false);
    String id =
        test.engine()
            .containers()
            .create(
                "",
                Specs.run("true")
                    .mount(sealed)
                    .mount(open)
                    .security(new SecuritySpec(false, true, List.of(), List.of(), false, ""))
                    .spec())
            .id()
            .hex();
    TarBuilder tar = new TarBuilder().file("x", "", 0644);
    byte[] bytes = tar.build();
    Forbidden root =
        assertThrows(
            Forbidden.class,
            () -> files().copyIn(id, "/tmp", new ByteArrayInputStream(bytes), true, false));
    assertEquals("container rootfs is marked read-only", root.getMessage());
    Forbidden volume =
        assertThrows(
            Forbidden.class,
            () -> files().copyIn(id, "/v", new ByteArrayInputStream(bytes), true, false));
    assertEquals("mounted volume is marked read-only", volume.getMessage());
    files().copyIn(id, "/v/open", new ByteArrayInputStream(bytes), true, false);
    assertFalse(files().stat(id, "/v/open/x").isDirectory());
  }

  @ParameterizedTest(name = "running {0}")
  @ValueSource(booleans = {true, false})
  void theEnginesOwnFilesCannotBeReplaced(boolean running) throws Exception {
    String id =
        prepared(
            running,
            Specs.shell("echo ready; exec sleep 1000")
                .networking(io.jdocker.runtime.spec.NetworkingSpec.standard("none")));
    String before = content(id, "/etc/hosts");
    assertTrue(before.contains("localhost"), before);
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () -> copyIn(id, "/etc", new TarBuilder().file("hosts", "evil", 0644)));
    assertTrue(e.getMessage().contains("device or resource busy"), e.getMessage());
    assertEquals(before, content(id, "/etc/hosts"));
  }

  @Test
  void aDamagedArchiveIsTheClientsFault() throws Exception {
    String id = prepared(false);
    byte[] whole = new TarBuilder().file("x", "y".repeat(5000), 0644).build();
    byte[] cut = java.util.Arrays.copyOf(whole, 1024);
    assertThrows(
        InvalidArgument.class,
        () -> files().copyIn(id, "/src", new ByteArrayInputStream(cut), true, false));
    byte[] noise = new byte[2048];
    java.util.Arrays.fill(noise, (byte) 'x');
    assertThrows(
        InvalidArgument.class,
        () -> files().copyIn(id, "/src", new ByteArrayInputStream(noise), true, false));
  }

  @Test
  void nothingIsLeftOnTheHost() throws Exception {
    String id = prepared(false);
    Footprint before = test.footprint();
    Tars.copyOut(files(), id, "/src");
    assertThrows(NotFound.class, () -> files().stat(id, "/nope"));
    files().export(id, java.io.OutputStream.nullOutputStream());
    assertEquals(before, test.footprint());
  }
}

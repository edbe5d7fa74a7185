package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.runtime.testing.Footprint;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts and Dockerfiles that want at the host's files, and builds that are cut short. */
final class HostileBuildIT {
  @TempDir Path host;
  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
    Files.writeString(host.resolve("secret"), "of the host");
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void aLinkOutOfTheContextIsNotFollowed() {
    for (String link : new String[] {host + "/secret", "../../../../../.." + host + "/secret"}) {
      InvalidArgument e =
          assertThrows(
              InvalidArgument.class,
              () ->
                  fixture.build("FROM busybox\nCOPY evil /f\n", tar -> tar.symlink("evil", link)));
      assertTrue(e.getMessage().contains("file not found in build context"), e.getMessage());
    }
  }

  @Test
  void aLinkedFolderOfTheContextIsNotWrittenThrough() {
    assertThrows(
        EngineException.class,
        () ->
            fixture.build(
                "FROM busybox\n",
                tar -> tar.symlink("out", host.toString()).file("out/planted", "x", 0644)));
    assertFalse(Files.exists(host.resolve("planted")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../planted", "/planted", "a/../../../planted"})
  void aNameThatLeadsOutStaysInTheContext(String name) throws Exception {
    fixture.build("FROM busybox\nCOPY planted /f\n", tar -> tar.file(name, "inside", 0644));
    assertEquals("inside", fixture.in("made:1", "cat /f"));
    assertFalse(Files.exists(Path.of("/planted")));
  }

  @Test
  void aDockerfileThatIsALinkToTheHostIsNone() throws Exception {
    byte[] tar = new TarBuilder().symlink("Dockerfile", "/etc/passwd").build();
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () ->
                fixture
                    .test()
                    .engine()
                    .builder()
                    .build(
                        BuildRequest.named("x:1"),
                        new ByteArrayInputStream(tar),
                        text -> {},
                        new Cancellation()));
    assertEquals("Cannot locate specified Dockerfile: Dockerfile", e.getMessage());
  }

  @Test
  void deviceNodesOfAContextAreRefused() {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () ->
                fixture.build(
                    "FROM busybox\nCOPY disk /\n",
                    tar -> {
                      TarArchiveEntry disk = TarBuilder.entry("disk", TarConstants.LF_BLK, 0666);
                      disk.setDevMajor(8);
                      return tar.add(disk);
                    }));
    assertTrue(e.getMessage().contains("device nodes are not allowed"), e.getMessage());
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aFifoInTheDockerfilesPlaceIsAnError() throws Exception {
    byte[] tar =
        new TarBuilder().add(TarBuilder.entry("Dockerfile", TarConstants.LF_FIFO, 0644)).build();
    assertThrows(
        InvalidArgument.class,
        () ->
            fixture
                .test()
                .engine()
                .builder()
                .build(
                    BuildRequest.named("x:1"),
                    new ByteArrayInputStream(tar),
                    text -> {},
                    new Cancellation()));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 512, 700, 1500})
  void aContextThatIsCutShortIsAnErrorAndLeavesNothing(int length) throws Exception {
    fixture.build("FROM busybox\n");
    Footprint before = fixture.test().footprint();
    byte[] whole =
        new TarBuilder()
            .file("Dockerfile", "FROM busybox\n", 0644)
            .file("f", "x".repeat(5000), 0644)
            .build();
    assertThrows(
        InvalidArgument.class,
        () ->
            fixture
                .test()
                .engine()
                .builder()
                .build(
                    BuildRequest.named("x:1"),
                    new ByteArrayInputStream(Arrays.copyOf(whole, length)),
                    text -> {},
                    new Cancellation()));
    assertEquals(
        BuildFixture.withoutCache(before), BuildFixture.withoutCache(fixture.test().footprint()));
  }

  /** CVE-2024-9675: the id of a cache mount is no path. */
  @Test
  void cve20249675TheIdOfACacheMountIsNoPath() throws Exception {
    fixture.build(
        "FROM busybox\nRUN --mount=type=cache,id=../../../../../.."
            + host
            + ",target=/c ls -A /c > /f; touch /c/planted\n");
    assertEquals("", fixture.in("made:1", "cat /f"));
    assertFalse(Files.exists(host.resolve("planted")));
  }

  /** CVE-2024-23651, CVE-2024-23652: a bind's source and target that are links. */
  @Test
  void cve202423651ABindsSourceIsResolvedInItsTree() throws Exception {
    fixture.build(
        BuildRequest.named("evil:1"),
        "FROM busybox\nRUN ln -s " + host + " /src; ln -s " + host + " /dst\n");
    assertThrows(
        InvalidArgument.class,
        () ->
            fixture.build(
                "FROM busybox\nRUN --mount=type=bind,from=evil:1,source=/src,target=/m ls /m\n"));
    assertThrows(
        EngineException.class,
        () ->
            fixture.build("FROM evil:1\nRUN --mount=type=cache,target=/dst touch /dst/planted\n"));
    assertFalse(Files.exists(host.resolve("planted")));
    assertEquals("of the host", Files.readString(host.resolve("secret")));
  }

  /** CVE-2018-15664's kin: COPY through a link that a RUN step made. */
  @Test
  void aCopyThroughALinkStaysInTheImage() throws Exception {
    fixture.build(
        "FROM busybox\nRUN ln -s " + host + " /out; mkdir -p " + host + "\nCOPY f /out/planted\n",
        tar -> tar.file("f", "x", 0644));
    assertFalse(Files.exists(host.resolve("planted")));
    assertEquals("x", fixture.in("made:1", "cat " + host + "/planted"));
  }

  @Test
  void anArchiveThatIsAddedStaysInTheImage() throws Exception {
    byte[] archive =
        new TarBuilder()
            .file("../../../.." + host + "/planted", "x", 0644)
            .symlink("link", host.toString())
            .build();
    fixture.build("FROM busybox\nADD a.tar /t/\n", tar -> tar.file("a.tar", archive, 0644));
    assertFalse(Files.exists(host.resolve("planted")));
    assertEquals("x", fixture.in("made:1", "cat /t" + host + "/planted"));
  }

  @Test
  void aBuildWhoseClientLeavesEndsItsCommand() throws Exception {
    fixture.build("FROM busybox\nRUN true\n");
    Footprint before = fixture.test().footprint();
    Cancellation cancellation = new Cancellation();
    CountDownLatch running = new CountDownLatch(1);
    byte[] tar =
        new TarBuilder()
            .file("Dockerfile", "FROM busybox\nRUN echo up; exec sleep 1000\n", 0644)
            .build();
    CompletableFuture<Void> build =
        CompletableFuture.runAsync(
            () -> {
              try {
                fixture
                    .test()
                    .engine()
                    .builder()
                    .build(
                        BuildRequest.named("x:1"),
                        new ByteArrayInputStream(tar),
                        text -> {
                          if (text.contains("up\n")) {
                            running.countDown();
                          }
                        },
                        cancellation);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertTrue(running.await(30, TimeUnit.SECONDS));
    cancellation.cancel();
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> build.get(30, TimeUnit.SECONDS));
    assertEquals(Unavailable.class, e.getCause().getClass(), e.getCause().toString());
    assertEquals(Optional.empty(), fixture.test().engine().images().find("x:1"));
    assertEquals(
        BuildFixture.withoutCache(before), BuildFixture.withoutCache(fixture.test().footprint()));
  }

  /** What a kill of the engine in the middle of a build leaves, and the next start removes. */
  @Test
  void aStartRemovesWhatACutBuildLeft() throws Exception {
    Footprint before = fixture.test().footprint();
    Path work = fixture.test().root().resolve("build/work/build_0123456789");
    Files.createDirectories(work.resolve("context/deep"));
    Files.writeString(work.resolve("context/deep/f"), "x");
    var containers = fixture.test().engine().containers();
    containers.create("build_0123456789_0", io.jdocker.runtime.testing.Specs.run("true").spec());
    containers.create("build_012345678", io.jdocker.runtime.testing.Specs.run("true").spec());
    containers.start("build_0123456789_0");
    fixture.test().reopen();
    containers = fixture.test().engine().containers();
    assertEquals(
        "build_012345678",
        String.join(" ", containers.list().stream().map(c -> c.record().name()).toList()));
    try (Stream<Path> left = Files.list(fixture.test().root().resolve("build/work"))) {
      assertEquals(0, left.count());
    }
    containers.remove("build_012345678", true, true);
    assertEquals(
        before.found().get("control groups"),
        fixture.test().footprint().found().get("control groups"));
  }

  @Test
  void manyStepsAndManyFilesAreBuilt() throws Exception {
    StringBuilder dockerfile = new StringBuilder("FROM busybox\nCOPY . /all/\n");
    for (int i = 0; i < 20; i++) {
      dockerfile.append("RUN echo ").append(i).append(" > /f").append(i).append('\n');
    }
    fixture.build(
        dockerfile.toString(),
        tar -> {
          for (int i = 0; i < 2000; i++) {
            tar.file("d" + i % 10 + "/f" + i, "x", 0644);
          }
          return tar;
        });
    assertEquals("2001\n19\n", fixture.in("made:1", "find /all -type f | wc -l; cat /f19"));
  }
}

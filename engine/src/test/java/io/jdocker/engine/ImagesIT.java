package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.images.tar.TarReader;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images built, saved, loaded and removed; files copied in and out of containers. */
class ImagesIT {
  private static EngineRoom room;
  private static ContainerEngine engine;

  @TempDir private Path folder;

  @BeforeAll
  static void open() throws IOException {
    room = EngineRoom.open();
    engine = room.engine();
  }

  @AfterAll
  static void close() throws IOException {
    room.close();
  }

  private static String output(String image, String... command) {
    return engine
        .containers()
        .run(ContainerRequest.image(image).command(command).network(NetworkJoin.of("none")).build())
        .stdout();
  }

  @Test
  void anImageIsBuiltFromAFolder() throws IOException {
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM busybox AS base
        ARG GREETING=none
        COPY . /app
        RUN echo $GREETING >/app/greeting
        FROM base AS other
        LABEL stage=other
        FROM base
        ENV K=V
        EXPOSE 80 53/udp
        ENTRYPOINT ["cat"]
        CMD ["/app/greeting"]
        """);
    Files.writeString(folder.resolve("note"), "a note");
    Files.writeString(folder.resolve("secret"), "not for images");
    Files.writeString(folder.resolve(".dockerignore"), "secret\n");
    StringBuilder progress = new StringBuilder();
    BuildSettings settings =
        BuildSettings.named("app:1")
            .withArgument("GREETING", "hello")
            .withLabel("by", "a test")
            .withNetwork("none");
    Image image = engine.images().build(folder, settings, progress::append);
    assertEquals(List.of("app:1"), image.names());
    assertEquals(List.of("cat"), image.entrypoint());
    assertEquals(List.of("/app/greeting"), image.command());
    assertTrue(image.environment().contains("K=V"));
    assertEquals(Map.of("by", "a test"), image.labels());
    assertEquals(
        List.of("53/udp", "80/tcp"),
        image.exposedPorts().stream().map(Port::toString).sorted().toList());
    assertTrue(progress.toString().contains("COPY . /app"), progress.toString());
    assertEquals("hello\n", output("app:1", "/app/greeting"));
    assertEquals("a note", output("app:1", "/app/note"));
    assertEquals("", output("app:1", "/app/secret"));
    Image stage =
        engine
            .images()
            .build(folder, BuildSettings.named("app:2").withTarget("other").withNetwork("none"));
    assertEquals("other", stage.labels().get("stage"));
  }

  @Test
  void aBuildThatFailsSaysWhereAndLeavesNothing() throws IOException {
    Files.writeString(folder.resolve("Other"), "FROM busybox\nRUN exit 7\n");
    int before = engine.images().list().size();
    BuildSettings settings = BuildSettings.named("bad").withDockerfile("Other").withNetwork("none");
    EngineException failed =
        assertThrows(EngineException.class, () -> engine.images().build(folder, settings));
    assertTrue(failed.getMessage().contains("exit 7"), failed.getMessage());
    assertEquals(before, engine.images().list().size());
    assertThrows(
        InvalidArgument.class,
        () -> engine.images().build(folder, BuildSettings.named("x")),
        "there is no Dockerfile");
    assertThrows(
        InvalidArgument.class,
        () -> engine.images().build(folder.resolve("none"), BuildSettings.named("x")));
  }

  @Test
  void anImageIsSavedAndLoadedUnderItsName() throws IOException {
    engine.images().tag("busybox", "saved:1");
    Path archive = folder.resolve("saved.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      engine.images().save(List.of("saved:1"), out);
    }
    engine.images().remove("saved:1", false);
    assertEquals(Optional.empty(), engine.images().find("saved:1"));
    List<Image> loaded = engine.images().load(archive);
    assertEquals(1, loaded.size());
    assertTrue(loaded.get(0).names().contains("saved:1"));
    engine.images().remove("saved:1", false);
    assertThrows(InvalidArgument.class, () -> engine.images().load(folder.resolve("none.tar")));
    Files.writeString(archive, "no archive");
    assertThrows(InvalidArgument.class, () -> engine.images().load(archive));
  }

  @Test
  void anImageInUseIsKept() {
    engine.images().tag("busybox", "used:1");
    Image image = engine.images().get("used:1");
    assertEquals(image.id(), engine.images().need("used:1").id());
    try (Container container =
        engine.containers().create(ContainerRequest.image(image).command("true").build())) {
      assertThrows(Conflict.class, () -> engine.images().remove(image.id(), false));
      assertEquals(image.id(), container.inspect().imageId());
    }
    engine.images().remove("used:1", false);
    assertThrows(NotFound.class, () -> engine.images().get("used:1"));
  }

  @Test
  void filesGoInAndOut() throws IOException {
    Files.createDirectories(folder.resolve("tree/below"));
    Files.writeString(folder.resolve("tree/below/file"), "content");
    try (Container container =
        engine
            .containers()
            .create(
                ContainerRequest.image("busybox")
                    .command(
                        "sh",
                        "-c",
                        "stat -c %u:%a /etc/tree/below/file /etc/made; mkdir /out; cp -r /etc/tree /etc/made /out")
                    .network(NetworkJoin.of("none"))
                    .build())) {
      container.files().copyIn(folder.resolve("tree"), "/etc");
      container.files().write("/etc/made", "made");
      container.start();
      assertEquals(0, container.awaitExit());
      assertEquals("0:644\n0:644\n", container.logs());
      assertEquals("made", new String(container.files().read("/out/made"), StandardCharsets.UTF_8));
      Path copied = folder.resolve("copied");
      container.files().copyOut("/out", copied);
      assertEquals("content", Files.readString(copied.resolve("out/tree/below/file")));
      ByteArrayOutputStream tar = new ByteArrayOutputStream();
      container.files().getTar("/out/made", tar);
      TarReader reader = new TarReader(new ByteArrayInputStream(tar.toByteArray()));
      assertEquals("made", reader.next().orElseThrow().name());
    }
  }

  @Test
  void whatCannotBeCopiedIsTold() {
    try (Container container =
        engine.containers().create(ContainerRequest.image("busybox").build())) {
      ContainerCopies files = container.files();
      assertThrows(NotFound.class, () -> files.read("/none"));
      assertThrows(InvalidArgument.class, () -> files.read("/etc"));
      assertThrows(NotFound.class, () -> files.write("/none/file", "x"));
      assertThrows(InvalidArgument.class, () -> files.write("relative", "x"));
      assertThrows(InvalidArgument.class, () -> files.copyIn(folder.resolve("none"), "/"));
      assertThrows(InvalidArgument.class, () -> files.write("/etc/passwd/x", "x"));
    }
    assertFalse(Files.exists(folder.resolve("none")));
  }
}

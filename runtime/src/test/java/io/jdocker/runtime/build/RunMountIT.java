package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What RUN mounts: secrets and agents, which nothing may keep, caches, scripts and contexts. */
final class RunMountIT {
  private static final String SECRET = "s3cr3t-of-this-test\n";

  @TempDir Path directory;
  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private static BuildRequest with(Map<String, byte[]> secrets, Map<String, Path> agents) {
    return BuildRequest.named("made:1").with(new BuildInputs(secrets, agents, Map.of(), ""));
  }

  private static BuildRequest withSecret() {
    return with(Map.of("s", SECRET.getBytes(StandardCharsets.UTF_8)), Map.of());
  }

  @Test
  void aSecretIsAFileForItsStepAndNowhereElse() throws Exception {
    fixture.build(
        withSecret(),
        """
        FROM busybox
        RUN --mount=type=secret,id=s stat -c '%a %u:%g' /run/secrets/s; wc -c < /run/secrets/s; \
            grep -q ' /run/secrets/s tmpfs ' /proc/mounts && echo on tmpfs; cp /run/secrets/s /kept; \
            md5sum /kept > /sum; rm /kept
        RUN ls -A /run/secrets 2>&1 | head -c 100 > /after; test ! -e /run/secrets/s
        """);
    List<String> said = fixture.output().lines().toList();
    assertTrue(said.containsAll(List.of("400 0:0", "20", "on tmpfs")), fixture.output());
    assertEquals(List.of(), filesWith(fixture.test().root(), SECRET.strip()));
    assertFalse(fixture.output().contains(SECRET.strip()));
    String mounts = Files.readString(Path.of("/proc/self/mounts"));
    assertFalse(mounts.contains(fixture.test().root().toString()), mounts);
  }

  /** Everything below a folder, read byte by byte. */
  private static List<Path> filesWith(Path folder, String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whileAStepRunsTheSecretIsOnNoDiskEither() throws Exception {
    Path marker = Files.createDirectory(directory.resolve("seen"));
    Thread looking =
        new Thread(
            () -> {
              try {
                // The step waits for this answer in its cache folder.
                Path cache = awaitFolderWith(fixture.test().root().resolve("build/cache"), "ready");
                // What lies in the tmpfs is left out: another device.
                Object device = Files.getAttribute(fixture.test().root(), "unix:dev");
                try (Stream<Path> files = Files.walk(fixture.test().root())) {
                  boolean found =
                      files
                          .filter(Files::isRegularFile)
                          .filter(file -> device.equals(deviceOf(file)))
                          .anyMatch(file -> holds(file, SECRET.strip()));
                  Files.createFile(marker.resolve(found ? "found" : "nothing"));
                }
                Files.createFile(cache.resolve("go"));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    looking.start();
    fixture.build(
        withSecret(),
        """
        FROM busybox
        RUN --mount=type=secret,id=s --mount=type=cache,target=/c \
            touch /c/ready; while [ ! -e /c/go ]; do usleep 20000; done
        """);
    looking.join();
    assertTrue(Files.exists(marker.resolve("nothing")));
  }

  private static Object deviceOf(Path file) {
    try {
      return Files.getAttribute(file, "unix:dev");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path awaitFolderWith(Path folder, String name) throws Exception {
    for (int i = 0; i < 6000; i++) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.list(folder)) {
          for (Path found : all.toList()) {
            if (Files.exists(found.resolve(name))) {
              return found;
            }
          }
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("nothing named " + name + " came below " + folder);
  }

  @Test
  void aChangedSecretIsNoReasonToRunAStepAgain() throws Exception {
    String dockerfile = "FROM busybox\nRUN --mount=type=secret,id=s md5sum /run/secrets/s > /m\n";
    var first = fixture.build(withSecret(), dockerfile);
    var second = fixture.build(with(Map.of("s", new byte[] {'x'}), Map.of()), dockerfile);
    assertEquals(1, fixture.hits());
    assertEquals(first.id(), second.id());
  }

  @Test
  void aSecretThatWasNotSentIsMissedOnlyWhereItIsRequired() throws Exception {
    fixture.build(
        "FROM busybox\nRUN --mount=type=secret,id=no,target=/n test ! -e /n && echo none > /f\n");
    assertEquals("none\n", fixture.in("made:1", "cat /f"));
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () ->
                fixture.build("FROM busybox\nRUN --mount=type=secret,id=no,required=true true\n"));
    assertTrue(e.getMessage().contains("failed on line 2"), e.getMessage());
    assertTrue(e.getMessage().contains("secret no: not found"), e.getMessage());
    assertTrue(e.getMessage().contains("2 | RUN --mount=type=secret,id=no"), e.getMessage());
  }

  @Test
  void aSecretOfAUserIsTheirs() throws Exception {
    fixture.build(
        withSecret(),
        """
        FROM busybox
        USER 1000:1000
        RUN --mount=type=secret,id=s,uid=1000,gid=7,mode=0440 \
            cat /run/secrets/s >/dev/null && stat -c '%a %u:%g' /run/secrets/s
        RUN --mount=type=secret,id=s,target=/roots ! cat /roots 2>/dev/null
        """);
    assertTrue(fixture.output().contains("440 1000:7\n"), fixture.output());
  }

  @Test
  void anAgentAnswersThroughASocketOfTheStep() throws Exception {
    Path socket = directory.resolve("agent");
    try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.bind(UnixDomainSocketAddress.of(socket));
      Thread answering = new Thread(() -> answer(agent));
      answering.start();
      // busybox has nothing that speaks to such a socket: asked from outside, while a step has it.
      Path heard = directory.resolve("heard");
      Thread asking = new Thread(() -> ask(fixture.test().root().resolve("build"), heard));
      asking.start();
      fixture.build(
          with(Map.of(), Map.of("default", socket)),
          """
          FROM busybox
          USER 1000
          RUN --mount=type=ssh,uid=1000 --mount=type=cache,target=/c,mode=0777 \
              echo $SSH_AUTH_SOCK; stat -c '%F %a %u' $SSH_AUTH_SOCK; \
              touch /c/ready; while [ ! -e /c/go ]; do usleep 20000; done
          RUN test -z "$SSH_AUTH_SOCK"
          """);
      answering.join();
      asking.join();
      assertEquals("agent heard ping", Files.readString(heard));
    }
    assertTrue(fixture.output().contains("/run/buildkit/ssh_agent.0\nsocket 600 1000\n"));
  }

  private static void ask(Path folder, Path heard) {
    try {
      Path cache = awaitFolderWith(folder.resolve("cache"), "ready");
      Path secrets = awaitFolderWith(folder.resolve("work"), "secrets").resolve("secrets");
      try (Stream<Path> sockets = Files.list(secrets);
          SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        client.connect(UnixDomainSocketAddress.of(sockets.findFirst().orElseThrow()));
        client.write(ByteBuffer.wrap("ping".getBytes(StandardCharsets.UTF_8)));
        client.shutdownOutput();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(100);
        while (client.read(buffer) >= 0) {
          answer.write(buffer.array(), 0, buffer.position());
          buffer.clear();
        }
        Files.write(heard, answer.toByteArray());
      }
      Files.createFile(cache.resolve("go"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(ServerSocketChannel agent) {
    try (SocketChannel client = agent.accept()) {
      ByteBuffer buffer = ByteBuffer.allocate(100);
      client.read(buffer);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      answer.writeBytes("agent heard ".getBytes(StandardCharsets.UTF_8));
      answer.write(buffer.array(), 0, buffer.position());
      client.write(ByteBuffer.wrap(answer.toByteArray()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anAgentThatWasNotLentIsSaid() {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () -> fixture.build("FROM busybox\nRUN --mount=type=ssh,required true\n"));
    assertTrue(e.getMessage().contains("lend it with --ssh default"), e.getMessage());
  }

  @Test
  void aScriptIsRunByTheInterpreterItNames() throws Exception {
    String dockerfile =
        """
        FROM busybox
        RUN <<EOF
        #!/bin/awk -f
        BEGIN { print "by awk" > "/out" }
        EOF
        """;
    fixture.build(dockerfile);
    assertEquals("by awk\n", fixture.in("made:1", "cat /out"));
    assertEquals("", fixture.in("made:1", "ls /dev/pipes 2>/dev/null"));
    fixture.build(dockerfile.replace("by awk", "by another"));
    assertEquals("by another\n", fixture.in("made:1", "cat /out"));
  }

  @Test
  void aWritableBindKeepsNothing() throws Exception {
    fixture.build(
        """
        FROM busybox
        RUN --mount=type=bind,target=/src,rw echo more >> /src/a && cat /src/a > /seen
        RUN --mount=type=bind,target=/src cat /src/a > /after; ! touch /src/new 2>/dev/null
        COPY a /copied
        """,
        BuildFixture::files);
    assertEquals("Amore\nAA", fixture.in("made:1", "cat /seen /after /copied"));
  }

  @Test
  void aCacheBeginsAsTheStageItIsFrom() throws Exception {
    fixture.build(
        """
        FROM busybox AS seed
        RUN mkdir /d && echo seeded > /d/f
        FROM busybox
        RUN --mount=type=cache,target=/c,from=seed,source=/d cat /c/f; echo more >> /c/f
        RUN --mount=type=cache,target=/c,from=seed,source=/d wc -l < /c/f > /n
        RUN --mount=type=cache,target=/own,uid=7,gid=8,mode=0711 stat -c '%u:%g %a' /own > /o
        """);
    assertEquals("2\n7:8 711\n", fixture.in("made:1", "cat /n /o"));
  }

  @Test
  void anotherTreeAndImageAreContextsByName() throws Exception {
    fixture.build(BuildRequest.named("other:1"), "FROM busybox\nRUN echo image > /of\n");
    BuildInputs inputs =
        new BuildInputs(
            Map.of(),
            Map.of(),
            Map.of(
                "tree", new NamedContext.Tree("contexts0"),
                "base", new NamedContext.OfImage("other:1"),
                "stage", new NamedContext.OfImage("other:1")),
            "main");
    fixture.build(
        BuildRequest.named("made:1").with(inputs),
        "",
        tar ->
            tar.directory("main", 0755)
                .file(
                    "main/Dockerfile",
                    """
                    FROM busybox AS stage
                    RUN false
                    FROM base
                    COPY f /main
                    COPY --from=tree f /tree
                    COPY --from=stage /of /stage
                    RUN --mount=from=tree,target=/t cat /t/f > /bound
                    """,
                    0644)
                .file("main/f", "m", 0644)
                .file("main/.dockerignore", "nothing", 0644)
                .directory("contexts0", 0755)
                .file("contexts0/f", "t", 0644));
    assertEquals("image\nmtimage\nt", fixture.in("made:1", "cat /of /main /tree /stage /bound"));
  }
}

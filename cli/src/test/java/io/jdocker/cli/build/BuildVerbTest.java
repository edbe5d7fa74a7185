package io.jdocker.cli.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jdocker build}: what is sent, what is shown. */
final class BuildVerbTest {
  private static final String BUILT =
      """
      {"stream":"Step 1/1 : FROM x\\n"}
      {"aux":{"ID":"sha256:abc"}}
      {"stream":"Successfully built abc\\n"}
      """;

  @TempDir Path directory;
  private FakeEngine engine;
  private Path context;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.answer("POST /build", BUILT);
    context = Files.createDirectories(directory.resolve("ctx/sub")).getParent();
    Files.writeString(context.resolve("Dockerfile"), "FROM x\n");
    Files.writeString(context.resolve("a"), "");
    Files.writeString(context.resolve("sub/b"), "");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private String query() {
    String line = engine.lines().get(engine.lines().size() - 1);
    return URLDecoder.decode(line, StandardCharsets.UTF_8);
  }

  private List<String> packed(String file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BuildContext.of(
            context.toString(),
            file,
            new ByteArrayInputStream("FROM stdin".getBytes(StandardCharsets.UTF_8)))
        .writeTo(out);
    List<String> names = new ArrayList<>();
    TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()), "UTF-8");
    for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
      names.add(next.getName());
    }
    return names;
  }

  @Test
  void theEnginesLinesAreShownAndTheIdIsKept() throws IOException {
    Path id = directory.resolve("id");
    Typed typed = Typed.at(engine, "build", "--iidfile", id.toString(), context.toString());
    assertEquals("Step 1/1 : FROM x\nSuccessfully built abc\n", typed.out());
    assertEquals(0, typed.code());
    assertEquals("sha256:abc", Files.readString(id));
    assertEquals("POST /build?version=1&dockerfile=Dockerfile", query());
  }

  @Test
  void everyFlagIsSent() {
    Typed.run(
        "",
        Map.of("FROM_ENV", "e"),
        List.of(
            "-H",
            engine.url(),
            "build",
            "-t",
            "a:1",
            "-t",
            "b",
            "--build-arg",
            "X=1",
            "--build-arg",
            "FROM_ENV",
            "--build-arg",
            "UNSET",
            "--label",
            "l=v",
            "--label",
            "m",
            "--target",
            "s",
            "--no-cache",
            "--pull",
            "--network",
            "none",
            "--add-host",
            "h:1.2.3.4",
            "--shm-size",
            "1m",
            "--explain-cache",
            "--progress",
            "plain",
            context.toString()));
    String sent = query();
    for (String part :
        List.of(
            "target=s",
            "networkmode=none",
            "extrahosts=h:1.2.3.4",
            "shmsize=1048576",
            "nocache=1",
            "pull=1",
            "jdocker-explain-cache=1",
            "t=a:1",
            "t=b",
            "buildargs={\"X\":\"1\",\"FROM_ENV\":\"e\",\"UNSET\":null}",
            "labels={\"l\":\"v\",\"m\":\"\"}")) {
      assertTrue(sent.contains(part), part + " is not in " + sent);
    }
  }

  @Test
  void aFailingCommandsCodeIsTheExitCode() {
    engine.answer(
        "POST /build",
        """
        {"stream":"Step 1/1 : RUN false\\n"}
        {"errorDetail":{"code":3,"message":"no"},"error":"no"}
        """);
    Typed typed = Typed.at(engine, "build", context.toString());
    assertEquals(3, typed.code());
    assertEquals("no\n", typed.err());
    engine.answer("POST /build", "{\"errorDetail\":{\"message\":\"bad\"},\"error\":\"bad\"}\r\n");
    assertEquals(1, Typed.at(engine, "build", context.toString()).code());
  }

  @Test
  void aBuildThatEndsWithoutAnImageIsAnError() {
    engine.answer("POST /build", "{\"stream\":\"Step 1/1\\n\"}\r\n");
    Typed typed = Typed.at(engine, "build", context.toString());
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains("without an image"), typed.err());
  }

  @Test
  void quietPrintsTheIdAlone() {
    engine.answer("POST /build", "{\"stream\":\"sha256:abc\\n\"}\r\n");
    assertEquals("sha256:abc\n", Typed.at(engine, "build", "-q", context.toString()).out());
    assertTrue(query().contains("q=1"), query());
  }

  @Test
  void aWrongContextIsNamedBeforeAnythingIsSent() {
    for (List<String> words :
        List.of(
            List.of("nosuch"),
            List.of(directory.resolve("ctx/a").toString()),
            List.of("-f", "nosuch", context.toString()),
            List.of(context.resolve("sub").toString()),
            List.of("http://example.com/x.tar"),
            List.of("--progress", "fancy", context.toString()),
            List.of("-t", "UPPER", context.toString()))) {
      List<String> line = new ArrayList<>(List.of("build"));
      line.addAll(words);
      Typed typed = Typed.at(engine, line.toArray(new String[0]));
      assertTrue(typed.code() != 0, words.toString());
      assertTrue(!typed.err().isBlank(), words.toString());
    }
    assertTrue(
        engine.lines().stream().noneMatch(l -> l.contains("/build")), engine.lines().toString());
  }

  @Test
  void ignoredFilesAreNotSentButWhatTheEngineReadsIs() throws IOException {
    assertEquals(List.of("Dockerfile", "a", "sub/", "sub/b"), packed(""));
    Files.writeString(context.resolve(".dockerignore"), "*\n!sub/b\n");
    assertEquals(List.of(".dockerignore", "Dockerfile", "sub/b"), packed(""));
    Files.writeString(context.resolve("Dockerfile.dockerignore"), "sub\n");
    assertEquals(
        List.of(".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "a"), packed(""));
  }

  @Test
  void aDockerfileMayLieElsewhere() throws IOException {
    Files.writeString(context.resolve("sub/D"), "FROM y\n");
    assertTrue(packed(context.resolve("sub/D").toString()).contains("sub/D"));
    Path outside = Files.writeString(directory.resolve("Outside"), "FROM z\n");
    assertTrue(packed(outside.toString()).contains(".dockerfile.outside"));
    assertTrue(packed("-").contains(".dockerfile.outside"));
    Typed.at(engine, "build", "-f", outside.toString(), context.toString());
    assertTrue(query().endsWith("dockerfile=.dockerfile.outside"), query());
  }

  @Test
  void standardInputIsAContextOrADockerfile() {
    Typed.withInput(engine, "FROM x\n", "build", "-");
    assertTrue(engine.body("POST /build").contains("Dockerfile"), "no tar was made");
  }

  /** A pipe, as the shell gives one: it can be read, and nothing else. */
  private static InputStream pipe(byte[] content) {
    InputStream bytes = new ByteArrayInputStream(content);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return bytes.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return bytes.read(buffer, offset, Math.min(length, 7));
      }

      @Override
      public byte[] readAllBytes() throws IOException {
        throw new IOException("Illegal seek");
      }

      @Override
      public byte[] readNBytes(int length) throws IOException {
        throw new IOException("Illegal seek");
      }
    };
  }

  @Test
  void aPipeIsReadToItsEnd() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    BuildContext.of(context.toString(), "", pipe(new byte[0])).writeTo(tar);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    StandardContext.of(pipe(tar.toByteArray())).writeTo(sent);
    assertArrayEquals(tar.toByteArray(), sent.toByteArray(), "a tar goes as it came");
    sent.reset();
    String dockerfile = "FROM x\n" + "RUN y\n".repeat(500);
    StandardContext.of(pipe(dockerfile.getBytes(StandardCharsets.UTF_8))).writeTo(sent);
    TarArchiveInputStream packed =
        new TarArchiveInputStream(new ByteArrayInputStream(sent.toByteArray()), "UTF-8");
    assertEquals("Dockerfile", packed.getNextEntry().getName());
    assertEquals(dockerfile, new String(packed.readAllBytes(), StandardCharsets.UTF_8));
    sent.reset();
    BuildContext.of(context.toString(), "-", pipe("FROM z".getBytes(StandardCharsets.UTF_8)))
        .writeTo(sent);
    assertTrue(sent.toString(StandardCharsets.UTF_8).contains("FROM z"));
  }
}

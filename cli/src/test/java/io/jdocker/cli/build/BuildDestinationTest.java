package io.jdocker.cli.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import io.jdocker.cli.copy.LocalTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --output}: what is asked for, and where it goes. */
final class BuildDestinationTest {
  @TempDir Path directory;
  private FakeEngine engine;
  private Path context;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    context = Files.createDirectory(directory.resolve("ctx"));
    Files.writeString(context.resolve("Dockerfile"), "FROM x\n");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private static String line(byte[] piece) {
    return "{\"jdocker.export\":\"" + Base64.getEncoder().encodeToString(piece) + "\"}\r\n";
  }

  /** Cut into pieces whose ends fall anywhere. */
  private void give(byte[] content) {
    StringBuilder answer = new StringBuilder("{\"stream\":\"Step 1/1 : FROM x\\n\"}\r\n");
    for (int at = 0; at < content.length; at += 700) {
      answer.append(line(Arrays.copyOfRange(content, at, Math.min(content.length, at + 700))));
    }
    engine.answer("POST /build", answer + "{\"aux\":{\"ID\":\"sha256:abc\"}}\r\n");
  }

  private Typed build(String output) {
    return Typed.at(
        engine, "build", "-o", output.replace("DIR", directory.toString()), context.toString());
  }

  @Test
  void anArchiveIsAFileWithItsBytes() throws IOException {
    byte[] content = new byte[5000];
    new Random(1).nextBytes(content);
    give(content);
    Typed typed = build("type=oci,dest=DIR/o.tar");
    assertEquals(0, typed.code(), typed.err());
    assertEquals(-1, Arrays.mismatch(content, Files.readAllBytes(directory.resolve("o.tar"))));
    assertTrue(engine.lines().stream().anyMatch(l -> l.contains("jdocker-export=archive")));
  }

  @Test
  void standardOutputHasTheResultAndTheErrorStreamTheProgress() {
    give("result".getBytes(StandardCharsets.UTF_8));
    Typed typed = build("-");
    assertEquals("result", typed.out());
    assertEquals("Step 1/1 : FROM x\n", typed.err());
  }

  @Test
  void filesAreUnpackedIntoAFolderThatIsMade() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree/sub"));
    Files.writeString(tree.resolve("f"), "x");
    Files.createSymbolicLink(tree.resolve("l"), Path.of("f"));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    LocalTree archive = new LocalTree(tar);
    archive.add(directory.resolve("tree"), ".", name -> true);
    archive.finish();
    give(tar.toByteArray());
    assertEquals(0, build("DIR/new/out").code());
    Path made = directory.resolve("new/out/sub");
    assertEquals("x", Files.readString(made.resolve("f")));
    assertEquals(Path.of("f"), Files.readSymbolicLink(made.resolve("l")));
  }

  @Test
  void ofABuildThatFailsNoFileStays() throws IOException {
    engine.answer(
        "POST /build",
        line(new byte[] {1}) + "{\"errorDetail\":{\"message\":\"cut\"},\"error\":\"cut\"}\r\n");
    Typed typed = build("type=tar,dest=DIR/t.tar");
    assertEquals(1, typed.code());
    assertEquals("cut\n", typed.err());
    assertFalse(Files.exists(directory.resolve("t.tar")));
    try (Stream<Path> files = Files.list(directory)) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith(".jdocker")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "type=nope | unsupported output type nope",
        "dest=x | type is required",
        "type=local | output directory is required",
        "type=local,dest=- | output directory is required",
        "type=local,dest=DIR/ctx/Dockerfile | is a file",
        "type=tar,dest=DIR | is a directory",
        "type=tar,mode=7 | invalid value mode=7",
        "type=tar,x | invalid value x",
      })
  void whatCannotBeIsSaidBeforeAnythingIsSent(String output, String message) {
    Typed typed = build(output);
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains(message), typed.err());
    assertTrue(engine.lines().stream().noneMatch(l -> l.contains("/build")));
  }

  @ParameterizedTest
  @CsvSource({"'type=docker'", "'type=image'"})
  void theStoreIsWhereItGoesAnyway(String output) {
    engine.answer("POST /build", "{\"aux\":{\"ID\":\"sha256:abc\"}}\r\n");
    assertEquals(0, build(output + ",name=n:1").code());
    String sent = engine.lines().get(engine.lines().size() - 1);
    assertTrue(sent.contains("t=n%3A1") || sent.contains("t=n:1"), sent);
    assertFalse(sent.contains("jdocker-export"), sent);
  }
}

package io.jdocker.daemon.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.NamedContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before a context, and what cannot. */
final class BuildPreambleTest {
  private static InputStream body(int length, String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(length);
    out.write(json.getBytes(StandardCharsets.UTF_8));
    out.writeBytes("context");
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static BuildInputs read(String json) throws IOException {
    return BuildPreamble.read(body(json.getBytes(StandardCharsets.UTF_8).length, json));
  }

  @Test
  void allOfItIsReadAndTheContextIsLeft() throws IOException {
    String json =
        """
        {"secrets": {"s": "AAH/"}, "agents": {"default": "/run/a"},
         "contexts": {"t": {"folder": "contexts0"}, "i": {"image": "alpine:3"}},
         "contextFolder": "main"}""";
    InputStream body = body(json.length(), json);
    BuildInputs inputs = BuildPreamble.read(body);
    assertArrayEquals(new byte[] {0, 1, -1}, inputs.secrets().get("s"));
    assertEquals(Map.of("default", Path.of("/run/a")), inputs.agents());
    assertEquals(
        Map.of("t", new NamedContext.Tree("contexts0"), "i", new NamedContext.OfImage("alpine:3")),
        inputs.contexts());
    assertEquals("main", inputs.contextFolder());
    assertEquals("context", new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void nothingInItIsNothing() throws IOException {
    assertEquals(BuildInputs.none(), read("{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{\"secrets\": 1}",
        "{\"secrets\": {\"s\": \"not base64 hidden!\"}}",
        "{\"secrets\": {\"s\": [\"hidden\"]}}",
        "{\"secrets\": \"hidden\"",
        "{\"agents\": {\"a\": {}}}",
        "{\"contexts\": {\"a\": \"b\"}}",
        "{\"contexts\": {\"a\": {\"image\": {}}}}"
      })
  void whatIsMalformedIsRefusedWithoutItsText(String json) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> read(json));
    assertFalse(e.toString().contains("hidden"), e.toString());
    assertEquals("error reading the build's inputs: no such JSON document", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, (16 << 20) + 1, Integer.MAX_VALUE})
  void aLengthThatCannotBeIsRefusedBeforeAnythingIsRead(int length) throws IOException {
    InputStream body = body(length, "{}");
    assertThrows(InvalidArgument.class, () -> BuildPreamble.read(body));
  }

  @Test
  void aBodyThatEndsBeforeIsAnError() {
    InputStream body = new ByteArrayInputStream(new byte[] {0, 0});
    assertThrows(EOFException.class, () -> BuildPreamble.read(body));
  }
}

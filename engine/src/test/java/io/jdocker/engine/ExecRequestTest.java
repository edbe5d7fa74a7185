package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.runtime.container.ExecSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecRequestTest {
  @Test
  void everyWishReachesTheProcess() {
    ExecSpec spec =
        ExecRequest.of("cat", "-n")
            .withEnvironment("A", "1")
            .withEnvironment("B", "x=y")
            .in("/tmp")
            .as("nobody")
            .reading("text")
            .spec();
    assertEquals(List.of("cat", "-n"), spec.argv());
    assertEquals(List.of("A=1", "B=x=y"), spec.environment());
    assertEquals("/tmp", spec.workingDirectory());
    assertEquals("nobody", spec.user());
    assertTrue(spec.attachStdin());
  }

  @Test
  void aPlainOneListensToBothOutputsAndReadsNothing() {
    ExecSpec spec = ExecRequest.of("true").spec();
    assertTrue(spec.attachStdout());
    assertTrue(spec.attachStderr());
    assertFalse(spec.attachStdin(), "a process that reads has its end at once");
    assertFalse(spec.terminal());
    assertFalse(spec.privileged());
    assertEquals("", spec.user());
    assertEquals("", spec.workingDirectory());
  }

  @Test
  void aLineIsForTheShell() {
    assertEquals(
        List.of("/bin/sh", "-c", "echo a | cat"), ExecRequest.shell("echo a | cat").command());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "two\nlines\n", "\u00e9\u20ac\ud83d\ude00", "\u0000"})
  void inputIsUtf8(String text) {
    ExecRequest request = ExecRequest.of("cat").reading(text);
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), request.input());
    assertEquals(!text.isEmpty(), request.spec().attachStdin());
  }

  @Test
  void aVariableSaidTwiceIsSentTwiceAndTheLastWinsAsInDocker() {
    assertEquals(
        List.of("A=1", "A=2"),
        ExecRequest.of("env").withEnvironment("A", "1").withEnvironment("A", "2").environment());
  }

  @Test
  void whatItIsMadeOfDoesNotChangeIt() {
    List<String> words = new ArrayList<>(List.of("a"));
    ExecRequest request = new ExecRequest(words, words, "", "", "");
    words.add("b");
    assertEquals(List.of("a"), request.command());
    assertEquals(List.of("a"), request.environment());
    assertThrows(UnsupportedOperationException.class, () -> request.command().add("c"));
    ExecRequest more = request.withEnvironment("A", "1");
    assertEquals(List.of("a"), request.environment());
    assertEquals(List.of("a", "A=1"), more.environment());
  }
}

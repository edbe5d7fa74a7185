package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Sys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperandTest {
  @Test
  void eachKindReadsAsStracePrintsIt() {
    Step open = new Step("open it", Sys.OPENAT, List.of());
    assertEquals("-100", Operand.of(-100).shown());
    assertEquals("AT_FDCWD", Operand.named(-100, "AT_FDCWD").shown());
    assertEquals("\"/etc\"", Operand.of("/etc").shown());
    assertEquals("[sh, -c]", Operand.of(List.of("sh", "-c")).shown());
    assertEquals("<openat>", Operand.of(open).shown());
    assertEquals("&<openat>", new Operand.AddressOfResult(open).shown());
    Operand.Memory memory = new Operand.Memory(new byte[8], "{2 instructions}");
    assertEquals("{2 instructions}", memory.shown());
    assertEquals("{2 instructions}", new Operand.Pointing(new byte[8], memory).shown());
  }

  @Test
  void aTextWithANulByteIsRefusedAsTheKernelWouldSeeItsHeadOnly() {
    assertThrows(IllegalArgumentException.class, () -> Operand.of("a\0b"));
    List<String> words = List.of("sh", "a\0b");
    assertThrows(IllegalArgumentException.class, () -> Operand.of(words));
  }

  @Test
  void whatTheCallerDoesToItsBytesAndListsLaterChangesNothing() {
    byte[] bytes = {1, 2};
    Operand.Memory memory = new Operand.Memory(bytes, "");
    Operand.Pointing pointing = new Operand.Pointing(bytes, memory);
    List<String> words = new ArrayList<>(List.of("sh"));
    Operand texts = Operand.of(words);
    bytes[0] = 9;
    words.add("-c");
    assertArrayEquals(new byte[] {1, 2}, memory.content());
    assertArrayEquals(new byte[] {1, 2}, pointing.head());
    assertEquals("[sh]", texts.shown());
  }

  @Test
  void twoMemoriesAreTwoAddressesEvenWithTheSameContent() {
    assertNotEquals(new Operand.Memory(new byte[8], "x"), new Operand.Memory(new byte[8], "x"));
  }

  @Test
  void aStringEndsWithOneNulByteAndIsUtf8() {
    assertArrayEquals("grün\0".getBytes(StandardCharsets.UTF_8), Operand.terminated("grün"));
    assertArrayEquals(new byte[1], Operand.terminated(""));
  }
}

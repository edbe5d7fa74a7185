package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.security.SecureRandom;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and ids, the two things a container is called by. */
final class ContainerNameTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(strings = {"ab", "web-1", "A.b_c-d", "0name", "/web"})
  void aNameIsTwoCharactersOrMoreOfDockersAlphabet(String name) {
    assertEquals(name.replace("/", ""), ContainerName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "/", "/a", "-ab", ".ab", "_ab", "a b", "a/b", "//ab", "grün", "ab\n"})
  void anythingElseIsRefusedInDockersWords(String name) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> ContainerName.parse(name));
    assertEquals(
        "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
        e.getMessage());
  }

  @Test
  void aChosenNameIsOneTheUserCouldHaveGiven() {
    Random random = new Random(1);
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      String name = ContainerName.random(random);
      assertEquals(name, ContainerName.parse(name));
      assertTrue(name.matches("[a-z]+_[a-z]+"), name);
      names.add(name);
    }
    assertTrue(names.size() > 400, "only " + names.size() + " of 2500 names in 500 draws");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "g123456789abcdef", "../etc"})
  void anIdIsSixtyFourDigits(String hex) {
    assertThrows(InvalidArgument.class, () -> new ContainerId(hex));
  }

  @Test
  void upperCaseIsNoId() {
    String upper = HEX.replace('a', 'A');
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> new ContainerId(upper));
    assertEquals("not a container id: " + upper, e.getMessage());
  }

  @Test
  void tablesShowTwelveDigits() {
    ContainerId id = new ContainerId(HEX);
    assertEquals("0123456789ab", id.shortForm());
    assertEquals(HEX, id.toString());
    assertTrue(id.compareTo(new ContainerId("f".repeat(64))) < 0);
    assertEquals(0, id.compareTo(new ContainerId(HEX)));
  }

  /** A host name of digits alone is refused by some resolvers, and read as an address by others. */
  @Test
  void anIdWhoseShortFormIsAllDigitsIsDrawnAgain() {
    ContainerId id = ContainerId.random(new DigitsFirst());
    assertEquals("ab".repeat(32), id.hex());
  }

  @Test
  void twoIdsDiffer() {
    SecureRandom random = new SecureRandom();
    assertFalse(ContainerId.random(random).equals(ContainerId.random(random)));
  }

  /** Draws 0x11 at first, then 0xab. */
  private static final class DigitsFirst extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private boolean drawn;

    @Override
    public void nextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, (byte) (drawn ? 0xab : 0x11));
      drawn = true;
    }
  }
}

package io.jdocker.network.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a bridge network, as users write them. */
class BridgeOptionsTest {
  private static BridgeOptions option(String key, String value) {
    return BridgeOptions.checked(Map.of(key, value));
  }

  private static String refused(String key, String value) {
    return assertThrows(InvalidArgument.class, () -> option(key, value)).getMessage();
  }

  @Test
  void withoutAnyContainersTalkAndGoOut() {
    BridgeOptions none = BridgeOptions.checked(Map.of());
    assertTrue(none.communication());
    assertTrue(none.masquerade());
    assertEquals(0, none.mtu());
    assertEquals(Optional.empty(), none.bridgeName());
    assertEquals(Optional.empty(), none.hostAddress());
  }

  @ParameterizedTest(name = "{0} is {1}") // what Go's strconv.ParseBool takes
  @CsvSource({
    "true, true", "1, true", "True, true", "TRUE, true", "t, true", "T, true",
    "false, false", "0, false", "False, false", "FALSE, false", "f, false", "F, false"
  })
  void flags(String text, boolean expected) {
    assertEquals(expected, option(BridgeOptions.ICC, text).communication());
    assertEquals(expected, option(BridgeOptions.MASQUERADE, text).masquerade());
    assertTrue(option(BridgeOptions.ICC, text).masquerade(), "one does not touch the other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "no", "on", "tRue", "2", "true "})
  void otherWordsAreNoFlags(String text) {
    for (String key : new String[] {BridgeOptions.ICC, BridgeOptions.MASQUERADE}) {
      assertEquals("invalid value \"" + text + "\" for option " + key, refused(key, text));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "68, 68", "1500, 1500", "9000, 9000", "65535, 65535", "01500, 1500"})
  void lengthsOfPackets(String text, int mtu) {
    assertEquals(mtu, option(BridgeOptions.MTU, text).mtu());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "65536", "99999", "123456", "1.5", "1500b", " 1500", "0x5dc"})
  void whatIsNoLength(String text) {
    assertEquals(
        "invalid value \"" + text + "\" for option " + BridgeOptions.MTU,
        refused(BridgeOptions.MTU, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "67"})
  void whatIsTooShortForIpv4(String text) {
    assertTrue(refused(BridgeOptions.MTU, text).startsWith("MTU " + text + " is below 68"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "br0", "br-blue_1.2", "123456789012345"})
  void namesOfBridges(String name) {
    assertEquals(Optional.of(name), option(BridgeOptions.NAME, name).bridgeName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567890123456", "-br", ".", "a b", "a/b", "br:0", "bré", "a\n"})
  void whatALinkCannotBeCalled(String name) {
    assertTrue(refused(BridgeOptions.NAME, name).startsWith("invalid bridge name \"" + name));
  }

  @ParameterizedTest(name = "\"{0}\": {1}")
  @CsvSource(
      nullValues = "-",
      value = {"'', -", "0.0.0.0, -", "127.0.0.1, 127.0.0.1", "203.0.113.1, 203.0.113.1"})
  void whereToPublish(String text, String expected) {
    assertEquals(
        Optional.ofNullable(expected), option(BridgeOptions.HOST_ADDRESS, text).hostAddress());
  }

  @Test
  void anEmptyNameIsNoChoice() {
    assertEquals(Optional.empty(), option(BridgeOptions.NAME, "").bridgeName());
  }
}

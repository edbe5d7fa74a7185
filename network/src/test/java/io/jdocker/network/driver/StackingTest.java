package io.jdocker.network.driver;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of macvlan and ipvlan, in Docker's words and ip-link(8)'s. */
class StackingTest {
  private final Stacking macvlan = new MacvlanStacking();
  private final Stacking ipvlan = new IpvlanStacking();

  @ParameterizedTest(name = "macvlan_mode={0}")
  @CsvSource({
    "'', bridge",
    "bridge, bridge",
    "private, private",
    "vepa, vepa",
    "passthru, passthru"
  })
  void macvlanModes(String mode, String shown) {
    Map<String, String> options = mode.isEmpty() ? Map.of() : Map.of("macvlan_mode", mode);
    assertDoesNotThrow(() -> macvlan.check(options));
    assertEquals("type macvlan mode " + shown, macvlan.describe(options));
    assertEquals(false, macvlan.withoutGateway(options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bridge", "l2", " bridge", "passthrough"})
  void otherMacvlanModesAreRefused(String mode) {
    assertThrows(InvalidArgument.class, () -> macvlan.check(Map.of("macvlan_mode", mode)));
  }

  @ParameterizedTest(name = "ipvlan_mode={0} ipvlan_flag={1}: {2}, without gateway: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-,   -,       type ipvlan mode l2 bridge,   false",
        "l2,  private, type ipvlan mode l2 private,  false",
        "l3,  -,       type ipvlan mode l3 bridge,   true",
        "l3s, vepa,    type ipvlan mode l3s vepa,    true",
      })
  void ipvlanModes(String mode, String flag, String shown, boolean withoutGateway) {
    Map<String, String> options = new java.util.HashMap<>();
    if (mode != null) {
      options.put("ipvlan_mode", mode);
    }
    if (flag != null) {
      options.put("ipvlan_flag", flag);
    }
    assertDoesNotThrow(() -> ipvlan.check(options));
    assertEquals(shown, ipvlan.describe(options));
    assertEquals(withoutGateway, ipvlan.withoutGateway(options));
  }

  @Test
  void otherIpvlanModesAndFlagsAreRefused() {
    assertThrows(InvalidArgument.class, () -> ipvlan.check(Map.of("ipvlan_mode", "l4")));
    assertThrows(InvalidArgument.class, () -> ipvlan.check(Map.of("ipvlan_flag", "L2")));
  }

  @Test
  void onlyMacvlanContainersHaveAMacAddressOfTheirOwn() {
    assertEquals(true, macvlan.ownMac());
    assertEquals(false, ipvlan.ownMac());
  }
}

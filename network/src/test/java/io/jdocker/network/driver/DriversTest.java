package io.jdocker.network.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.network.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriversTest {
  private static final Driver HOST = new NullDriver("host");
  private final Drivers drivers = new Drivers(List.of(HOST, new NullDriver("null")));

  @Test
  void aDriverIsFoundByItsName() {
    assertSame(HOST, drivers.get("host"));
    assertEquals("null", drivers.get("null").name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"weave", "Host", "", "bridge"})
  void anUnknownOneIsAPluginThatIsNotThere(String name) {
    assertEquals(
        "plugin \"" + name + "\" not found",
        assertThrows(NotFound.class, () -> drivers.get(name)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "null"})
  void hostAndNoneAreThereOnce(String name) {
    Driver driver = drivers.get(name);
    assertEquals(
        "only one instance of \"" + name + "\" network is allowed",
        assertThrows(Forbidden.class, () -> driver.validate(NetworkSpec.bridge("mine"), List.of()))
            .getMessage());
    assertEquals("", driver.ownLink(NetworkSpec.bridge("mine"), "br-x"));
    assertEquals(new Driver.Traits(false, false, false, false), driver.traits());
  }
}

package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.EngineOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
  private static final EngineSettings SETTINGS = EngineSettings.of(Path.of("/r"));

  @Test
  void everySettingReachesTheEngine() {
    EngineOptions options =
        SETTINGS
            .withCgroupParent("/mine")
            .withBridge("br7")
            .withBridgeAddress("10.9.0.1/24")
            .withRegistryMirrors(URI.create("https://mirror"))
            .withInsecureRegistries("10.0.0.0/8")
            .options();
    assertEquals(Path.of("/r"), options.root());
    assertEquals("/mine", options.cgroupParent());
    assertEquals("br7", options.network().bridge());
    assertEquals("10.9.0.1/24", options.network().bip().orElseThrow().toString());
    assertEquals(List.of(URI.create("https://mirror")), options.registries().mirrors());
    assertEquals(List.of("10.0.0.0/8"), options.registries().insecure());
  }

  @Test
  void whatIsNotSaidIsAsTheDaemonHasIt() {
    EngineOptions standard = EngineOptions.of(Path.of("/r"));
    EngineOptions options = SETTINGS.options();
    assertEquals(standard.cgroupParent(), options.cgroupParent());
    assertEquals(standard.network(), options.network());
    assertEquals(Lifetime.PERSISTENT, SETTINGS.lifetime());
  }

  @Test
  void aRelativeRootIsThatOfNow() {
    assertTrue(EngineSettings.of(Path.of("x/../y")).root().endsWith(Path.of("y")));
    assertTrue(EngineSettings.of(Path.of("x")).root().isAbsolute());
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> SETTINGS.withBridgeAddress("10.9.0.1").options());
    assertEquals(
        "bridge address \"10.9.0.1\" is no address with prefix length, like 172.17.0.1/16",
        refused.getMessage());
  }
}

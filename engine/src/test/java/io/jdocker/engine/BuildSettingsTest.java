package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.ImageReference;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.build.BuildRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildSettingsTest {
  @Test
  void aNameIsEnough() {
    BuildRequest request = BuildSettings.named("app:1").request();
    assertEquals("Dockerfile", request.dockerfile());
    assertEquals(List.of(ImageReference.parse("app:1")), request.tags());
    assertEquals(Map.of(), request.arguments());
    assertEquals(Map.of(), request.labels());
    assertEquals("", request.target());
    assertEquals("", request.network());
    assertFalse(request.noCache());
    assertFalse(request.pull());
    assertFalse(request.explainMisses());
  }

  @Test
  void everySettingReachesTheBuild() {
    BuildRequest request =
        BuildSettings.named("app")
            .withDockerfile("docker/Other")
            .withArgument("A", "1")
            .withArgument("EMPTY", "")
            .withLabel("k", "v")
            .withTarget("stage")
            .withNetwork("none")
            .withoutCache()
            .request();
    assertEquals("docker/Other", request.dockerfile());
    assertEquals(
        Map.of("A", Optional.of("1"), "EMPTY", Optional.of("")),
        request.arguments(),
        "an empty value is one, and not that of the environment");
    assertEquals(Map.of("k", "v"), request.labels());
    assertEquals("stage", request.target());
    assertEquals("none", request.network());
    assertTrue(request.noCache());
  }

  @Test
  void withoutANameThereIsNoTag() {
    assertEquals(List.of(), BuildSettings.named("").request().tags());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPPER", "a b", ":1", "a:", "a//b", "-a", "a@sha256:1"})
  void whatIsNoNameIsRefused(String name) {
    assertThrows(InvalidArgument.class, () -> BuildSettings.named(name).request());
  }

  @Test
  void theLastWordCountsAndAnEarlierOneIsKeptElsewhere() {
    BuildSettings first = BuildSettings.named("a").withArgument("A", "1").withLabel("k", "1");
    BuildSettings second = first.withArgument("A", "2").withLabel("k", "2");
    assertEquals(Map.of("A", "1"), first.arguments());
    assertEquals(Map.of("A", "2"), second.arguments());
    assertEquals(Map.of("k", "1"), first.labels());
    assertEquals(Map.of("k", "2"), second.labels());
  }

  @Test
  void everyWishKeepsTheOthers() {
    BuildSettings all =
        BuildSettings.named("a")
            .withoutCache()
            .withNetwork("n")
            .withTarget("t")
            .withLabel("k", "v")
            .withArgument("A", "1")
            .withDockerfile("D");
    BuildSettings other =
        BuildSettings.named("a")
            .withDockerfile("D")
            .withArgument("A", "1")
            .withLabel("k", "v")
            .withTarget("t")
            .withNetwork("n")
            .withoutCache();
    assertEquals(all, other);
    assertEquals(
        new BuildSettings("a", "D", Map.of("A", "1"), Map.of("k", "v"), "t", false, "n"), all);
  }

  @Test
  void mapsAreCopied() {
    Map<String, String> given = new HashMap<>(Map.of("A", "1"));
    BuildSettings settings = new BuildSettings("a", "D", given, given, "", true, "");
    given.put("B", "2");
    assertEquals(Map.of("A", "1"), settings.arguments());
    assertEquals(Map.of("A", "1"), settings.labels());
  }
}

package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which image runs on which machine, and which of several fits best. */
final class PlatformFitTest {
  /** As an image has it: nothing is put into usual words. */
  private static Platform raw(String text) {
    String[] parts = text.split("/", -1);
    return new Platform(parts[0], parts[1], parts[2]);
  }

  @ParameterizedTest(name = "{0} runs {1}: {2}")
  @CsvSource({
    "linux/amd64/, linux/amd64/, true",
    "linux/amd64/, linux/x86_64/, true",
    "linux/amd64/, linux/amd64/v1, true",
    "linux/amd64/, linux/amd64/v2, false",
    "linux/amd64/v3, linux/amd64/v2, true",
    "linux/amd64/v3, linux/amd64/, true",
    "linux/arm64/, linux/arm64/v8, true",
    "linux/arm64/, linux/arm64/v9, false",
    "linux/arm64/, linux/aarch64/, true",
    "linux/arm/v7, linux/arm/v6, true",
    "linux/arm/v6, linux/arm/v7, false",
    "linux/arm/, linux/armhf/, true",
    "linux/arm64/, linux/arm/v7, false",
    "linux/amd64/, windows/amd64/, false",
    "linux/amd64/, /amd64/, true",
    "linux/amd64/, linux//, true",
    "linux/amd64/, //, true",
    "linux/amd64/, /arm64/, false",
    "linux/amd64/, linux/amd64/odd, true",
  })
  void aMachineRunsWhatOlderOnesOfItsKindRun(String machine, String image, boolean expected) {
    assertEquals(expected, raw(machine).accepts(raw(image)));
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    "linux/amd64/v3, linux/amd64/v3, 0",
    "linux/amd64/v3, linux/amd64/v2, 1",
    "linux/amd64/v3, linux/amd64/, 2",
    "linux/arm/v7, linux/arm/v5, 2",
    "linux/arm64/, linux/arm64/v8, 0",
    "linux/amd64/, linux//, 100",
  })
  void theDistanceIsHowMuchOlderTheImagesProcessorIs(String machine, String image, int expected) {
    assertEquals(expected, raw(machine).distance(raw(image)));
    assertTrue(expected <= Platform.FARTHEST);
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "linux/amd64/, linux/amd64/, true",
    "linux/x86_64/, linux/amd64/, true",
    "linux/amd64/, linux/arm64/, false",
    "linux/amd64/, windows/amd64/, false",
    "linux/arm/v7, linux/arm/v7, true",
    "linux/arm/v7, linux/arm/v6, false",
    "linux/arm/v7, linux/arm/, true",
    "linux/arm/, linux/arm/v7, true",
    "linux//, linux/amd64/, false",
  })
  void aStoredImageSatisfiesWhatWasAskedFor(String image, String asked, boolean expected) {
    assertEquals(expected, raw(image).satisfies(raw(asked)));
  }

  @Test
  void thisMachineRunsItsOwnImages() {
    Platform host = Platform.host();
    assertTrue(host.accepts(host));
    assertEquals(host, Platform.parse(host.toString()));
    assertEquals(host, Platform.parse("linux"));
    assertEquals(0, host.distance(host));
  }

  @Test
  void anImagesConfigurationSaysWhatItRunsOn() {
    String json =
        "{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\","
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    assertEquals(
        new Platform("linux", "arm", "v7"),
        ConfigPlatform.read(json.getBytes(StandardCharsets.UTF_8)));
    assertThrows(InvalidArgument.class, () -> ConfigPlatform.read(new byte[] {'7'}));
  }
}

package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cli.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command makes of {@code -v} before the daemon sees it. */
class VolumeSpecsTest {
  private static final Path HERE = Path.of("/home/me/work");

  private static VolumeSpecs parse(String... texts) {
    return VolumeSpecs.parse(List.of(texts), HERE);
  }

  @Test
  void aTargetAloneIsAnAnonymousVolume() {
    VolumeSpecs specs = parse("/data", "/cache");
    assertEquals(List.of(), specs.binds());
    assertEquals(List.of("/data", "/cache"), specs.anonymousTargets());
    assertEquals("{\"/data\":{},\"/cache\":{}}", specs.anonymous().toString());
  }

  @Test
  void whatHasASourceIsABindInTheOrderGiven() {
    assertEquals(
        List.of("/b:/b:ro", "name:/n", "/a:/a"), parse("/b:/b:ro", "name:/n", "/a:/a").binds());
  }

  @Test
  void aValueGivenTwiceIsOneAndOthersStayForTheDaemon() {
    assertEquals(List.of("/a:/x", "/b:/x"), parse("/a:/x", "/b:/x", "/a:/x").binds());
  }

  @ParameterizedTest
  @CsvSource({
    "./src:/src, /home/me/work/src:/src",
    ".:/here:ro, /home/me/work:/here:ro",
    "../other:/o, /home/me/other:/o",
    "./a/../b:/b, /home/me/work/b:/b",
    ".hidden:/h, /home/me/work/.hidden:/h",
    "./none, ./none",
  })
  void aPathThatStartsWithADotIsMadeAbsolute(String text, String bind) {
    VolumeSpecs specs = parse(text);
    assertEquals(List.of(bind), text.contains(":") ? specs.binds() : specs.anonymousTargets());
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid empty volume spec",
    ":/data, invalid spec: :/data: empty section between colons",
  })
  void whatHasNoSenseIsRefusedHere(String text, String message) {
    CommandFailure refused = assertThrows(CommandFailure.class, () -> parse(text));
    assertEquals(message, refused.getMessage().strip().lines().findFirst().orElseThrow());
  }
}

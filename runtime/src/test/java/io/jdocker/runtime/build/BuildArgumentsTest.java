package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.Platform;
import io.jdocker.images.dockerfile.Dockerfile;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees which value of an ARG. */
final class BuildArgumentsTest {
  /** {@code a=1;b}: the latter without a value. */
  private static BuildArguments arguments(String before, String given) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (String entry : given.isEmpty() ? new String[0] : given.split(";", -1)) {
      int equals = entry.indexOf('=');
      values.put(
          equals < 0 ? entry : entry.substring(0, equals),
          equals < 0 ? Optional.empty() : Optional.of(entry.substring(equals + 1)));
    }
    Dockerfile file = Dockerfile.parse(before.replace('~', '\n') + "\nFROM x\n");
    return new BuildArguments(values, file.escape(), file.globals());
  }

  @ParameterizedTest(name = "{0} given {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ARG v=1 | `` | 1",
        "ARG v=1 | v=2 | 2",
        "ARG v=1 | v= | ``",
        "ARG v=1 | v | 1",
        "ARG v | v=2 | 2",
        "ARG v | `` | unset",
        "ARG v | v | unset",
        "`` | v=2 | unset",
        "ARG v=1~ARG v=3 | `` | 3",
        "ARG v=1~ARG v | `` | 1",
        "ARG a=1~ARG v=$a-x | `` | 1-x",
        "ARG a=1~ARG v=$a-x | a=7 | 7-x",
        "ARG a=1 v=$a | `` | 1",
        "ARG v=$a~ARG a=1 | `` | ``",
        "ARG v=${a:-d} | `` | d",
        "ARG v=\"a b\" | `` | a b",
        "ARG v='$a' a=1 | `` | $a",
        "ARG v=1 | v=$x | $x",
        "ARG v=1 | V=2 | 1",
      })
  void aFromLineSeesThoseBeforeIt(String before, String given, String expected) {
    assertEquals(expected, arguments(before, given).global("v").orElse("unset"));
  }

  @ParameterizedTest(name = "{0} given {1}, own {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // before the first FROM | --build-arg | the stage's own default | what the stage sees
        "ARG v=1 | `` | none | 1",
        "ARG v=1 | `` | own | own",
        "ARG v=1 | v=2 | none | 2",
        "ARG v=1 | v=2 | own | 2",
        "ARG v=1 | v= | own | ``",
        "ARG v=1 | v | own | own",
        "ARG v | `` | none | unset",
        "`` | v=2 | none | 2",
        "`` | `` | own | own",
        "`` | v | own | own",
        "`` | `` | none | unset",
      })
  void aStageSeesWhatItDeclares(String before, String given, String own, String expected) {
    Optional<String> declared = Optional.of(own).filter("own"::equals);
    assertEquals(expected, arguments(before, given).declare("v", declared).orElse("unset"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TARGET", "BUILD"})
  void theMachineIsKnownToFromLines(String side) {
    BuildArguments arguments = arguments("ARG os=$" + side + "OS", "");
    Platform host = Platform.host();
    assertEquals(Optional.of(host.toString()), arguments.global(side + "PLATFORM"));
    assertEquals(Optional.of(host.os()), arguments.global(side + "OS"));
    assertEquals(Optional.of(host.architecture()), arguments.global(side + "ARCH"));
    assertEquals(Optional.of(host.variant()), arguments.global(side + "VARIANT"));
    assertEquals(Optional.of(host.os()), arguments.global("os"));
    assertEquals(Optional.of(host.os()), arguments.declare(side + "OS", Optional.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "ftp_proxy",
        "no_proxy",
        "all_proxy"
      })
  void proxiesNeedNoDeclaration(String name) {
    BuildArguments arguments = arguments("", name + "=http://p:1;" + "OTHER_PROXY=x");
    assertEquals(Map.of(name, "http://p:1"), arguments.proxies());
    assertEquals(List.of("OTHER_PROXY"), arguments.unused());
    assertEquals(Optional.empty(), arguments.global(name));
  }

  @Test
  void aProxyWithoutAValueIsNone() {
    assertEquals(Map.of(), arguments("", "HTTP_PROXY").proxies());
  }

  @Test
  void theUnusedAreNamedInOrder() {
    BuildArguments arguments = arguments("ARG global", "z=1;global=2;a;stage=3;http_proxy=x");
    assertEquals(List.of("a", "stage", "z"), arguments.unused());
    arguments.declare("stage", Optional.empty());
    assertEquals(List.of("a", "z"), arguments.unused());
    arguments.declare("a", Optional.of("d"));
    arguments.declare("unheard-of", Optional.of("d"));
    assertEquals(List.of("z"), arguments.unused());
  }

  @ParameterizedTest
  @CsvSource({
    "SOURCE_DATE_EPOCH=5, 5",
    "SOURCE_DATE_EPOCH=, none",
    "SOURCE_DATE_EPOCH, none",
    "a=1, none"
  })
  void theTimeOfTheSourcesNeedsNoDeclaration(String given, String expected) {
    BuildArguments arguments = arguments("ARG a", given);
    assertEquals(expected, arguments.sourceDateEpoch().orElse("none"));
    assertEquals(List.of(), arguments.unused());
  }

  @Test
  void aDefaultThatCannotBeExpandedIsAnError() {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> arguments("ARG v=\"${a:?no a}\"", ""));
    assertEquals("a: no a", e.getMessage());
    assertEquals("2", arguments("ARG v=\"${a:?no a}\"", "v=2").global("v").orElseThrow());
  }
}

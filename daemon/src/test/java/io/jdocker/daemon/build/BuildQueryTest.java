package io.jdocker.daemon.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.daemon.http.Query;
import io.jdocker.images.ImageReference;
import io.jdocker.images.Platform;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.BuildRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the parameters of {@code POST /build} to what the builder is asked for. */
final class BuildQueryTest {
  private static BuildRequest read(String query) {
    return BuildQuery.read(Query.parse(query), Map.of(), BuildInputs.none());
  }

  @Test
  void nothingIsTheLastStageOfTheDockerfileWithAllDefaults() {
    assertEquals(
        new BuildRequest(
            "",
            List.of(),
            Map.of(),
            Map.of(),
            "",
            false,
            false,
            "",
            List.of(),
            0,
            Map.of(),
            false,
            BuildInputs.none()),
        read(""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t=a | a:latest",
        "t=a:1 | a:1",
        "t=a&t=b:2 | a:latest b:2",
        "t= | ``",
        "t=&t=a | a:latest",
        "t=localhost:5000/a/b:c | localhost:5000/a/b:c",
      })
  void aTagMayBeGivenSeveralTimes(String query, String expected) {
    assertEquals(
        expected,
        String.join(" ", read(query).tags().stream().map(ImageReference::familiar).toList()));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource({
    "1, true",
    "true, true",
    "True, true",
    "yes, true",
    "0, false",
    "false, false",
    "no, false",
    "none, false",
    "'', false",
  })
  void switchesAreDockersBooleans(String value, boolean expected) {
    assertEquals(expected, read("nocache=" + value).noCache());
    assertEquals(expected, read("pull=" + value).pull());
    assertEquals(expected, read("jdocker-explain-cache=" + value).explainMisses());
    assertFalse(read("pull=" + value).noCache(), "one switch set another");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "extrahosts=a:1.2.3.4 | a:1.2.3.4",
        "extrahosts=a:1.2.3.4&extrahosts=b:2001:db8::1 | a:1.2.3.4 b:2001:db8::1",
        "extrahosts=a:1.2.3.4,b:5.6.7.8 | a:1.2.3.4 b:5.6.7.8",
        "extrahosts=a:1.2.3.4,b:5.6.7.8&extrahosts=c:host-gateway"
            + " | a:1.2.3.4 b:5.6.7.8 c:host-gateway",
        "extrahosts= | ``",
        "rm=1 | ``",
      })
  void everyExtraHostIsTaken(String query, String expected) {
    assertEquals(expected, String.join(" ", read(query).extraHosts()));
  }

  @ParameterizedTest
  @CsvSource({
    "default, ''",
    "'', ''",
    "none, none",
    "host, host",
    "own, own",
    "container:c, container:c"
  })
  void theDefaultNetworkHasNoName(String mode, String expected) {
    assertEquals(expected, read("networkmode=" + mode).network());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "67108864, 67108864", "999999999999999999, 999999999999999999"})
  void theSizeOfSharedMemoryIsInBytes(String text, long expected) {
    assertEquals(expected, read("shmsize=" + text).shmSize());
  }

  @Test
  void textsAreDecoded() {
    BuildRequest request = read("dockerfile=a%20b%2Fc&target=d%2De&labels=%7B%22a%22%3A%22b%22%7D");
    assertEquals("a b/c", request.dockerfile());
    assertEquals("d-e", request.target());
    assertEquals(Map.of("a", "b"), request.labels());
  }

  @Test
  void anArgumentWithoutAValueStaysOne() {
    assertEquals(
        Map.of("A", Optional.of(""), "B", Optional.empty()),
        read("buildargs=%7B%22A%22:%22%22,%22B%22:null%7D").arguments());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory",
        "memswap",
        "cpushares",
        "cpuperiod",
        "cpuquota",
        "cpusetcpus",
        "cpusetmems",
        "cgroupparent"
      })
  void aLimitIsRefusedUnlessItIsNone(String name) {
    Unsupported e = assertThrows(Unsupported.class, () -> read(name + "=1"));
    assertEquals("build with " + name + " is not supported", e.getMessage());
    assertEquals(List.of(), read(name + "=0&" + name + "=").tags());
  }

  @Test
  void theMachinesOwnPlatformIsTaken() {
    assertEquals("", read("platform=" + Platform.host()).target());
    assertEquals("", read("platform=").target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm=1",
        "rm=0",
        "forcerm=1",
        "cachefrom=%5B%22a%22%5D",
        "session=x",
        "buildid=y",
        "outputs="
      })
  void whatChangesNoResultIsIgnored(String query) {
    assertEquals(read(""), read(query));
  }
}

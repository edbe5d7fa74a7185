package io.jdocker.network.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks on disk: what is written is read again, by later versions too, damaged or not. */
class NetworkStateTest {
  private static final String BLUE =
      """
      {
        "id": "n1",
        "name": "blue",
        "driver": "bridge",
        "created": "2026-01-02T03:04:05.678901234Z",
        "ipam": {
          "subnet": "10.1.0.0/24",
          "range": "10.1.0.128/25",
          "gateway": "10.1.0.1",
          "reserved": {"router": "10.1.0.5"}
        },
        "bridge": "br-n1",
        "internal": true,
        "attachable": false,
        "options": {"com.docker.network.driver.mtu": "1400"},
        "labels": {"owner": "<me> & \\"you\\""}
      }
      """;

  @TempDir private Path folder;

  private StateFolder<Network> networks() {
    return new StateFolder<>(folder.resolve("networks"), Network.class);
  }

  private static Network blue() {
    return network(
        Optional.of(
            new IpamConfig(
                Cidr.of("10.1.0.0/24"),
                Optional.of(Cidr.of("10.1.0.128/25")),
                Ipv4.of("10.1.0.1"),
                Map.of("router", Ipv4.of("10.1.0.5")))),
        Map.of("owner", "<me> & \"you\""));
  }

  private static Network network(Optional<IpamConfig> ipam, Map<String, String> labels) {
    return new Network(
        "n1",
        "blue",
        "bridge",
        Instant.parse("2026-01-02T03:04:05.678901234Z"),
        ipam,
        "br-n1",
        true,
        false,
        Map.of("com.docker.network.driver.mtu", "1400"),
        labels);
  }

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("networks"));
    return Files.writeString(folder.resolve("networks").resolve(name), text);
  }

  private static Stream<Network> everyForm() {
    IpamConfig plain = IpamConfig.of(Cidr.of("10.1.0.0/24"), Ipv4.of("10.1.0.1"));
    return Stream.of(
        blue(),
        network(Optional.empty(), Map.of()),
        network(Optional.of(plain), Map.of("", "empty key", "empty value", "")),
        network(Optional.of(plain), Map.of("größe", "çà 日本 \n\t\u0000 \u2028")));
  }

  @ParameterizedTest
  @MethodSource("everyForm")
  void whatIsWrittenIsReadAgain(Network network) {
    networks().write("n1", network);
    assertEquals(List.of(network), networks().load().objects());
    assertEquals(Optional.of(network), networks().find("n1"));
  }

  @Test
  void theFormOnDiskIsKnown() throws IOException {
    write("n1.json", BLUE);
    assertEquals(List.of(blue()), networks().load().objects());
  }

  @Test
  void aFileOfAnEarlierVersionHasNoReservedAddresses() throws IOException {
    write("n1.json", BLUE.replace(",\n    \"reserved\": {\"router\": \"10.1.0.5\"}", ""));
    IpamConfig ipam = networks().load().objects().get(0).ipam().orElseThrow();
    assertEquals(Map.of(), ipam.reserved());
    assertEquals(Optional.of(Cidr.of("10.1.0.128/25")), ipam.range());
  }

  @Test
  void whatALaterVersionAddedIsPassedOver() throws IOException {
    write("n1.json", BLUE.replace("\"bridge\":", "\"vlan\": {\"id\": [1, 2]}, \"bridge\":"));
    assertEquals(List.of(blue()), networks().load().objects());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.0.0/24 | 10.1.0.0/99",
        "10.1.0.0/24 | 10.1.0.0",
        "10.1.0.128/25 | everything",
        "\"10.1.0.1\" | \"10.1.0.256\"",
        "\"10.1.0.1\" | 17",
        "\"10.1.0.5\" | \"\"",
        "2026-01-02T03:04:05.678901234Z | yesterday",
        "true, | \"perhaps\", {",
        "\"options\": { | \"options\": [",
      })
  void aValueThatIsNoneDamagesTheFile(String good, String bad) throws IOException {
    assertTrue(BLUE.contains(good));
    write("n1.json", BLUE.replace(good, bad));
    StateFolder.Loaded<Network> loaded = networks().load();
    assertEquals(List.of(), loaded.objects());
    assertEquals(Set.of("n1"), loaded.damaged());
    assertTrue(Files.exists(folder.resolve("networks/n1.json.damaged")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 100, 300})
  void aFileThatWasCutIsDamaged(int length) throws IOException {
    write("n1.json", BLUE.substring(0, length));
    assertEquals(Set.of("n1"), networks().load().damaged());
  }

  @ParameterizedTest
  @ValueSource(strings = {"options", "labels"})
  void aMissingMapDamagesTheFile(String key) throws IOException {
    write("n1.json", BLUE.replace("\"" + key + "\"", "\"" + key + "-gone\""));
    assertEquals(Set.of("n1"), networks().load().damaged());
  }

  @Test
  void theLookForOneKeepsADamagedOneAsideToo() throws IOException {
    write("n1.json", "{");
    assertEquals(Optional.empty(), networks().find("n1"));
    assertTrue(Files.exists(folder.resolve("networks/n1.json.damaged")));
    assertEquals(Optional.empty(), networks().find("n1"));
    assertEquals(Optional.empty(), networks().find("n2"));
  }

  @Test
  void networksAreReadInTheOrderOfTheirIdsAndOtherFilesAreNotTouched() throws IOException {
    for (String id : List.of("b2", "a1", "c3")) {
      write(id + ".json", BLUE.replace("\"n1\"", "\"" + id + "\""));
    }
    Path note = write("README", "keep me");
    Path backup = write("a1.json.bak", "keep me too");
    assertEquals(
        List.of("a1", "b2", "c3"), networks().load().objects().stream().map(Network::id).toList());
    assertTrue(Files.exists(note));
    assertTrue(Files.exists(backup));
  }

  @Test
  void aFolderThatWasNeverMadeHoldsNothing() {
    StateFolder.Loaded<Network> loaded = networks().load();
    assertEquals(List.of(), loaded.objects());
    assertEquals(Set.of(), loaded.damaged());
    networks().delete("n1");
    assertFalse(Files.exists(folder.resolve("networks")), "reading makes none");
  }

  @Test
  void theFolderIsForTheEngineAlone() throws IOException {
    networks().write("n1", blue());
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("networks"))));
  }

  @Test
  void writingAgainReplacesTheWholeFile() throws IOException {
    networks().write("n1", blue());
    Network bare = network(Optional.empty(), Map.of());
    networks().write("n1", bare);
    assertEquals(List.of(bare), networks().load().objects());
    try (Stream<Path> files = Files.list(folder.resolve("networks"))) {
      assertEquals(List.of("n1.json"), files.map(f -> f.getFileName().toString()).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "../n1", "a/b", "a.b", "n 1", "n1\n"})
  void anIdThatCannotNameAFileIsRefused(String id) {
    assertThrows(IllegalArgumentException.class, () -> networks().write(id, blue()));
    assertThrows(IllegalArgumentException.class, () -> networks().find(id));
    assertThrows(IllegalArgumentException.class, () -> networks().delete(id));
  }
}

package io.jdocker.network.cni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CNI configurations, good and bad. */
class PluginListTest {
  private static final String LIST =
      """
      {
        "cniVersion": "0.4.0",
        "name": "lan",
        "plugins": [
          {"type": "bridge", "bridge": "cni0", "ipam": {"type": "host-local"}},
          {"type": "portmap", "capabilities": {"portMappings": true}}
        ]
      }
      """;

  @TempDir private Path folder;

  private static String message(String text) {
    return assertThrows(InvalidArgument.class, () -> PluginList.parse(text, "a.conflist"))
        .getMessage();
  }

  @Test
  void aListHasItsPluginsInOrderWithAllTheySay() {
    PluginList list = PluginList.parse(LIST, "a.conflist");
    assertEquals("lan", list.name());
    assertEquals("0.4.0", list.version());
    assertEquals(
        List.of("bridge", "portmap"), list.plugins().stream().map(PluginList::type).toList());
    JsonObject bridge = list.plugins().get(0);
    assertEquals("host-local", bridge.getAsJsonObject("ipam").get("type").getAsString());
  }

  @Test
  void aListWrittenDownIsReadAsItWas() {
    PluginList list = PluginList.parse(LIST, "a.conflist");
    assertEquals(list, PluginList.parse(list.text(), "again"));
  }

  @Test
  void onePluginAloneIsAListOfOne() {
    PluginList list =
        PluginList.parse(
            "{\"cniVersion\":\"0.3.1\",\"name\":\"m\",\"type\":\"macvlan\",\"master\":\"eth0\"}",
            "m.conf");
    assertEquals(1, list.plugins().size());
    assertEquals("eth0", list.plugins().get(0).get("master").getAsString());
    assertEquals(list.plugins(), PluginList.parse(list.text(), "again").plugins());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3.0", "0.3.1", "0.4.0", "1.0.0"})
  void theseVersionsAreSpoken(String version) {
    assertEquals(version, PluginList.parse(LIST.replace("0.4.0", version), "a").version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.2.0", "0.5.0", "1.1.0", "1.0", "", "x"})
  void otherVersionsAreNot(String version) {
    assertEquals(
        "a.conflist is written for CNI " + version + ": 0.3.0 to 1.0.0 are understood",
        message(LIST.replace("0.4.0", version)));
  }

  @Test
  void aListWithoutAVersionIsOfTheOldestOne() {
    assertEquals(
        "a.conflist is written for CNI 0.2.0: 0.3.0 to 1.0.0 are understood",
        message("{\"name\":\"lan\",\"type\":\"bridge\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "7", "\"bridge\"", "{", "{\"name\":}", "not json {"})
  void whatIsNoObjectIsNoConfiguration(String text) {
    String message = message(text);
    assertTrue(message.startsWith("a.conflist is no CNI configuration: "), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"plugins\":[{\"type\":\"bridge\"}]", // no name
        "\"name\":\"\",\"plugins\":[{\"type\":\"bridge\"}]",
        "\"name\":{},\"plugins\":[{\"type\":\"bridge\"}]",
        "\"name\":null,\"plugins\":[{\"type\":\"bridge\"}]",
        "\"name\":\"a\"",
        "\"name\":\"a\",\"plugins\":[]",
        "\"name\":\"a\",\"plugins\":{}",
        "\"name\":\"a\",\"plugins\":null",
        "\"name\":\"a\",\"plugins\":[7]",
        "\"name\":\"a\",\"plugins\":[{}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":\"bridge\"},{}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":[\"bridge\"]}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":\"../../bin/sh\"}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":\"/bin/sh\"}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":\".hidden\"}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":\"a b\"}]",
        "\"name\":\"a\",\"plugins\":[{\"type\":\"\"}]",
      })
  void aListNeedsANameAndProgramsThatAreNames(String members) {
    assertEquals(
        "a.conflist is no CNI configuration: it needs a name, and plugins with a type each",
        message("{\"cniVersion\":\"1.0.0\"," + members + "}"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String load(String reference) {
    return PluginList.load(folder, reference).name();
  }

  @Test
  void aListIsFoundByItsPathItsFileAndItsName() throws IOException {
    Path file = write("10-site.conflist", LIST);
    assertEquals("lan", load(file.toString()));
    assertEquals("lan", load("10-site"));
    assertEquals("lan", load("lan"));
  }

  @ParameterizedTest
  @CsvSource({"a.conflist, true", "a.conf, true", "a.json, true", "a.yaml, false", "a, false"})
  void configurationsHaveThreeEnds(String name, boolean found) throws IOException {
    write(name, LIST);
    if (found) {
      assertEquals("lan", load("a"));
    } else {
      assertThrows(NotFound.class, () -> load("a"));
    }
  }

  @Test
  void aFileThatCannotBeReadIsNoObstacleToOthers() throws IOException {
    write("00-broken.conflist", "{");
    write("05-old.conf", "{\"name\":\"lan\",\"type\":\"bridge\"}");
    Files.createDirectory(folder.resolve("07-folder.conflist"));
    Files.write(folder.resolve("08-binary.conflist"), new byte[] {(byte) 0xff, (byte) 0xfe});
    write("10-site.conflist", LIST);
    assertEquals("lan", load("lan"));
    String broken = assertThrows(InvalidArgument.class, () -> load("00-broken")).getMessage();
    assertTrue(broken.contains("00-broken.conflist is no CNI configuration"), broken);
  }

  @Test
  void theFirstOfTwoWithTheSameNameCounts() throws IOException {
    write("20-b.conflist", LIST.replace("cni0", "second"));
    write("10-a.conflist", LIST.replace("cni0", "first"));
    assertEquals(
        "first", PluginList.load(folder, "lan").plugins().get(0).get("bridge").getAsString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/b", ".a", "-a", "a b", "a\n", "ä"})
  void aNameIsAName(String name) {
    assertEquals(
        "invalid CNI configuration \"" + name + "\": name one, or a path",
        assertThrows(InvalidArgument.class, () -> load(name)).getMessage());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertEquals(
        "no CNI configuration lan in " + folder + ": give a path",
        assertThrows(NotFound.class, () -> load("lan")).getMessage());
    Path absent = folder.resolve("absent");
    assertEquals(
        "no CNI configuration lan in " + absent + ": give a path",
        assertThrows(NotFound.class, () -> PluginList.load(absent, "lan")).getMessage());
    assertEquals(
        "cannot read the CNI configuration " + absent + ": " + absent,
        assertThrows(NotFound.class, () -> load(absent.toString())).getMessage());
  }
}

package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.network.Ip;
import io.jdocker.network.Ipv4;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a container sees: those of its networks, in their order, and its links first. */
class ContainerNamesTest {
  private final NameIndex index = new NameIndex();

  ContainerNamesTest() {
    enter("n1", "web-id", "10.1.0.2", "web", "shop");
    enter("n1", "api-id", "10.1.0.3", "api", "shop");
    enter("n2", "web-id", "10.2.0.2", "web", "front");
    enter("n3", "far-id", "10.3.0.2", "far", "web");
    enter("n2", "dotted-id", "10.2.0.9", "my.blue", "Loud");
  }

  private void enter(String network, String id, String address, String... names) {
    index.put(network, id, List.of(Ipv4.of(address)), List.of(names));
  }

  private ContainerNames on(Map<String, String> networks, Map<String, String> links) {
    ContainerNames names = new ContainerNames(index, links);
    names.networks(new LinkedHashMap<>(networks));
    return names;
  }

  private ContainerNames onBlueAndRed() {
    Map<String, String> networks = new LinkedHashMap<>();
    networks.put("n1", "blue");
    networks.put("n2", "Red");
    return on(networks, Map.of("DB", "api-id", "web", "api-id"));
  }

  private static String text(List<Ip> addresses) {
    return String.join(" ", addresses.stream().map(Ip::toString).toList());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "api,      10.1.0.3",
        "shop,     10.1.0.2 10.1.0.3", // an alias of two
        "front,    10.2.0.2", // known on the second network alone
        "db,       10.1.0.3", // a link, whatever its capitals
        "web,      10.1.0.3", // a link hides another container's name
        "web.blue, 10.1.0.2", // which is still there under its full name
        "web.red,  10.2.0.2",
        "api.red,  -", // api is on blue
        "far,      -", // on neither
        "web.n3,   -",
        "blue,     -",
        ".blue,    -",
        "my.blue,  10.2.0.9", // a container's own name may have a dot
        "loud,     10.2.0.9",
      })
  void names(String name, String addresses) {
    assertEquals(addresses == null ? "" : addresses, text(onBlueAndRed().addresses(name)));
  }

  @Test
  void withoutLinksTheFirstNetworkThatKnowsTheNameCounts() {
    Map<String, String> networks = new LinkedHashMap<>();
    networks.put("n2", "red");
    networks.put("n1", "blue");
    assertEquals("10.2.0.2", text(on(networks, Map.of()).addresses("web")));
    assertEquals("", text(on(Map.of(), Map.of()).addresses("web")));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      nullValues = "-",
      value = {"10.1.0.2, web.blue", "10.2.0.2, web.Red", "10.3.0.2, -", "10.1.0.9, -"})
  void pointers(String address, String name) {
    assertEquals(Optional.ofNullable(name), onBlueAndRed().pointer(Ipv4.of(address)));
  }

  @Test
  void aLinkWhoseTargetHasGoneIsNoName() {
    ContainerNames names = on(Map.of("n1", "blue"), Map.of("db", "api-id"));
    index.remove("n1", "api-id");
    assertEquals("", text(names.addresses("db")));
    enter("n1", "api-id", "10.1.0.77", "api");
    assertEquals("10.1.0.77", text(names.addresses("db")), "back under another address");
  }

  @Test
  void whoLeavesTakesAllHisNamesAlong() {
    index.remove("n1", "web-id");
    index.remove("n1", "web-id");
    index.remove("n9", "web-id");
    assertEquals("10.1.0.3", text(onBlueAndRed().addresses("shop")));
    assertEquals(Optional.empty(), onBlueAndRed().pointer(Ipv4.of("10.1.0.2")));
  }

  @Test
  void whoIsEnteredAnewLosesHisFormerNames() {
    enter("n1", "web-id", "10.1.0.8", "web", "new");
    ContainerNames names = on(Map.of("n1", "blue"), Map.of());
    assertEquals("10.1.0.8", text(names.addresses("web")));
    assertEquals("10.1.0.3", text(names.addresses("shop")));
    assertEquals(Optional.empty(), names.pointer(Ipv4.of("10.1.0.2")));
  }
}

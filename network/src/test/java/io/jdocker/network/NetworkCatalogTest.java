package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCatalogTest {
  @TempDir private Path folder;

  private NetworkCatalog catalog() {
    return new NetworkCatalog(new StateFolder<>(folder, Network.class));
  }

  private static Network network(String id, String name, String subnet) {
    Cidr cidr = Cidr.of(subnet);
    return new Network(
        id,
        name,
        "bridge",
        Instant.EPOCH,
        Optional.of(IpamConfig.of(cidr, cidr.first().plus(1))),
        "br-" + name,
        false,
        false,
        Map.of(),
        Map.of("a", "b"));
  }

  @Test
  void networksAreFoundByNameIdAndUniquePrefix() {
    NetworkCatalog catalog = catalog();
    Network one = network("abc1", "blue", "10.1.0.0/24");
    Network two = network("abd2", "abc", "10.2.0.0/24");
    catalog.put(one);
    catalog.put(two);
    assertEquals(one, catalog.get("blue"));
    assertEquals(one, catalog.get("abc1"));
    assertEquals(two, catalog.get("abc"), "a name comes before the beginning of an id");
    assertEquals(two, catalog.get("abd"));
    assertTrue(
        assertThrows(InvalidArgument.class, () -> catalog.get("ab"))
            .getMessage()
            .startsWith("network ab is ambiguous (2 matches"));
    assertEquals(
        "network nope not found",
        assertThrows(NotFound.class, () -> catalog.get("nope")).getMessage());
    assertThrows(NotFound.class, () -> catalog.get(""));
  }

  @Test
  void whatIsPutIsThereAfterARestart() {
    Network one = network("abc1", "blue", "10.1.0.0/24");
    catalog().put(one);
    assertEquals(List.of(one), catalog().list());
    catalog().remove(one);
    assertEquals(List.of(), catalog().list());
  }

  @Test
  void aNameIsTakenOnce() {
    NetworkCatalog catalog = catalog();
    catalog.put(network("abc1", "blue", "10.1.0.0/24"));
    assertEquals(
        "network with name blue already exists",
        assertThrows(Conflict.class, () -> catalog.put(network("abc2", "blue", "10.2.0.0/24")))
            .getMessage());
  }

  @Test
  void defaultMeansTheBridge() {
    NetworkCatalog catalog = catalog();
    catalog.put(network("abc1", "bridge", "10.1.0.0/24"));
    assertEquals("bridge", catalog.get("default").name());
  }

  @Test
  void namesAreChecked() {
    NetworkCatalog.checkName("a.b_c-1");
    assertThrows(Forbidden.class, () -> NetworkCatalog.checkName("host"));
    for (String bad : List.of("", "-a", "a b", "../x", "a/b")) {
      assertThrows(InvalidArgument.class, () -> NetworkCatalog.checkName(bad), bad);
    }
  }
}

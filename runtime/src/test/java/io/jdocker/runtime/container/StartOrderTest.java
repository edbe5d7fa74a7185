package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.explain.Recording;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.stdio.StdinMode;
import io.jdocker.runtime.stdio.StreamHub;
import io.jdocker.runtime.testing.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StartOrderTest {
  private final ContainerRegistry registry = new ContainerRegistry();

  /** From {@code a>b}: a shares the network of b; {@code a-b}: it links to b; {@code a}: alone. */
  private Container container(String text) {
    String name = text.substring(0, 1) + "1";
    String other = text.length() > 2 ? text.charAt(2) + "1" : "";
    NetworkingSpec network =
        text.contains(">")
            ? NetworkingSpec.standard("container:" + other)
            : text.contains("-")
                ? NetworkingSpec.standard("bridge").withLinks(List.of(other + ":alias"))
                : NetworkingSpec.standard("none");
    ContainerRecord record =
        Records.record(
            Integer.toHexString(text.charAt(0)),
            name,
            Specs.run("true").networking(network).spec());
    Container container =
        new Container(
            record, new StreamHub(StdinMode.NONE, false), new Recording(Path.of("/nonexistent")));
    registry.reserveName(name, record.id());
    registry.add(container);
    return container;
  }

  @ParameterizedTest
  @CsvSource({
    "a b c, abc",
    "a>b b, ba",
    "a>c b c>b, bca",
    "a-b b-c c, cba",
    "b>a a, ab",
    // one that is not among them, or is no more, is no reason to wait
    "a>z b, ab",
    // two that need each other are started as they come
    "a>b b>a, ba",
    "a>a b, ab",
  })
  void whoIsNeededComesFirst(String containers, String order) {
    List<Container> wanted = new ArrayList<>();
    for (String text : containers.split(" ", -1)) {
      wanted.add(container(text));
    }
    StringBuilder names = new StringBuilder();
    new StartOrder(registry).of(wanted).forEach(c -> names.append(c.record().name().charAt(0)));
    assertEquals(order, names.toString());
  }
}

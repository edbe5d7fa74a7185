package io.jdocker.compose.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartOrderTest {
  /** {@code a:b,c b:c c:} */
  private static Map<String, List<String>> graph(String text) {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    for (String node : text.split(" ", -1)) {
      String[] parts = node.split(":", -1);
      needs.put(parts[0], parts[1].isEmpty() ? List.of() : List.of(parts[1].split(",", -1)));
    }
    return needs;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:            | a
          a:b b:        | b a
          a:b,c b:c c:  | c b a
          a: b: c:a     | a b c
          a:d b:a d:    | d a b
          """)
  void whatIsNeededComesFirst(String graph, String sequence) {
    assertEquals(
        sequence.strip(), String.join(" ", StartOrder.of(graph(graph.strip())).sequence()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:a           | a -> a
          a:b b:a       | a -> b -> a
          x:a a:b b:c c:a | a -> b -> c -> a
          """)
  void aCycleIsNamedAndNotWhatLeadsToIt(String graph, String cycle) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> StartOrder.of(graph(graph.strip())));
    assertEquals("dependency cycle detected: " + cycle.strip(), refused.getMessage());
  }

  @Test
  void theEndGoesTheOtherWay() {
    StartOrder ends = StartOrder.of(graph("web:api api:db,cache db: cache:")).reversed();
    assertEquals(Set.of("web"), ends.neededBy("api"));
    assertEquals(Set.of("api"), ends.neededBy("db"));
    assertEquals("web", ends.sequence().get(0));
  }

  @Test
  void aClosureHoldsWhatIsNeededIndirectly() {
    StartOrder order = StartOrder.of(graph("web:api api:db db: other:"));
    assertEquals(Set.of("web", "api", "db"), order.closure(List.of("web")));
    assertEquals(Set.of("db"), order.closure(List.of("db", "unknown")));
  }

  @Test
  void whatIsNotInTheGraphIsNotWaitedFor() {
    assertEquals(Set.of(), StartOrder.of(Map.of("a", List.of("gone"))).neededBy("a"));
  }
}

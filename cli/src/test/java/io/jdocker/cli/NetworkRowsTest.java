package io.jdocker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the list of what a network module has to do against the tests: each row has one or says why
 * not. Leaves the two joined behind, for {@code scripts/test --report}.
 */
final class NetworkRowsTest {
  private static final int ROWS = 54;
  private static final Path TOP = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile(
          "@DisplayName\\(\\s*((?:\"[^\"]*\"[\\s+]*)+)\\)(.*?)\\s(\\w+)\\(", Pattern.DOTALL);
  private static final Pattern NUMBERS =
      Pattern.compile("network\\.md rows? ([0-9]+(?:(?:, | and )[0-9]+)*)");

  private record Row(int number, String what, String reason) {
    static Row parse(String line) {
      String[] parts = line.split(" \\| ", -1);
      return new Row(Integer.parseInt(parts[0]), parts[1], parts.length > 2 ? parts[2] : "");
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(TOP.resolve("docs/network-rows.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Row::parse)
        .toList();
  }

  /** The tests of each row, as {@code Class.method}. */
  private static Map<Integer, Set<String>> tests() throws IOException {
    Map<Integer, Set<String>> tests = new TreeMap<>();
    List<Path> sources;
    try (Stream<Path> files =
        Files.find(
            TOP,
            20,
            (file, what) ->
                file.toString().contains("src/test/java") && file.toString().endsWith(".java"))) {
      sources = files.toList();
    }
    for (Path source : sources) {
      String type = source.getFileName().toString().replace(".java", "");
      Matcher named = NAMED.matcher(Files.readString(source));
      while (named.find()) {
        Matcher numbers = NUMBERS.matcher(named.group(1).replaceAll("\"\\s*\\+?\\s*\"", ""));
        if (numbers.find()) {
          for (String number : numbers.group(1).split("\\D+", -1)) {
            tests
                .computeIfAbsent(Integer.valueOf(number), n -> new TreeSet<>())
                .add(type + "." + named.group(3));
          }
        }
      }
    }
    return tests;
  }

  @Test
  void everyRowHasATestOrAReason() throws IOException {
    List<Row> rows = rows();
    Map<Integer, Set<String>> tests = tests();
    assertEquals(
        IntStream.rangeClosed(1, ROWS).boxed().toList(), rows.stream().map(Row::number).toList());
    List<String> joined = new ArrayList<>();
    for (Row row : rows) {
      Set<String> of = tests.getOrDefault(row.number(), Set.of());
      assertFalse(of.isEmpty() && row.reason().isEmpty(), "row " + row.number() + " has no test");
      joined.add(
          row.number()
              + "|"
              + row.what()
              + "|"
              + (of.isEmpty() ? "-" : String.join(" ", of))
              + "|"
              + row.reason());
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/network-rows.txt"), joined);
    assertTrue(
        tests.keySet().stream().allMatch(number -> number >= 1 && number <= ROWS),
        "a test names a row that there is not: " + tests.keySet());
  }
}

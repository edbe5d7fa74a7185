package io.jdocker.cli.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/security.md, made of docs/security.txt and of what scripts/compare.d/attacks has measured.
 * Every test that it names must be there. Run with {@code -Djdocker.docs=write} to write it anew.
 */
final class SecurityDocumentTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Path THREATS = REPOSITORY.resolve("docs/security.txt");
  private static final Path ATTACKS = REPOSITORY.resolve("scripts/compare.d/attacks.txt");
  private static final Path RESULTS = REPOSITORY.resolve("docs/attacks.txt");
  private static final Path DOCUMENT = REPOSITORY.resolve("docs/security.md");
  private static final Pattern CVE_TEST = Pattern.compile("void (cve\\d\\w+)\\(");

  private record Threat(String number, String threat, String cve, String defence, String tests) {
    List<String> named() {
      return Arrays.stream(tests.split(",")).map(String::strip).toList();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> rows(Path file) throws IOException {
    return lines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static List<Threat> threats() throws IOException {
    return rows(THREATS).stream()
        .map(line -> line.split(" \\| ", -1))
        .map(c -> new Threat(c[0], c[1], c[2], c[3], c[4]))
        .toList();
  }

  /** The text of each class of tests, by its name. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      for (Path tests : modules.map(m -> m.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
              String name = file.getFileName().toString();
              // Modules may have classes of one name.
              sources.merge(
                  name.substring(0, name.length() - 5), Files.readString(file), String::concat);
            }
          }
        }
      }
    }
    return sources;
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = tests();
    List<String> missing = new ArrayList<>();
    for (Threat threat : threats()) {
      for (String test : threat.named()) {
        String[] parts = test.split("#", -1);
        String source = sources.getOrDefault(parts[0], "");
        if (parts.length != 2 || !source.contains("void " + parts[1] + "(")) {
          missing.add(threat.number() + ": " + test);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyTestOfACveInTheRuntimeIsNamed() throws IOException {
    Set<String> named =
        threats().stream()
            .flatMap(threat -> threat.named().stream())
            .map(test -> test.substring(test.indexOf('#') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>();
    Path folder = REPOSITORY.resolve("runtime/src/test/java/io/jdocker/runtime/security");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (Matcher m = CVE_TEST.matcher(Files.readString(file)); m.find(); ) {
          found.add(m.group(1));
        }
      }
    }
    assertFalse(found.isEmpty());
    found.removeAll(named);
    assertEquals(Set.of(), found);
  }

  @Test
  void theAttacksThatWereComparedAreThoseOfTheTable() throws IOException {
    assertEquals(names(ATTACKS), names(RESULTS), "run scripts/compare.d/attacks");
  }

  /** What was measured of this engine is what its own test holds it to. */
  @Test
  void theEnginesOutcomesAreThoseThatItsTestWants() throws IOException {
    List<String> wanted =
        rows(ATTACKS).stream()
            .map(line -> line.substring(line.lastIndexOf('|') + 1).strip())
            .toList();
    List<String> measured = rows(RESULTS).stream().map(line -> line.split(" \\| ", -1)[1]).toList();
    assertEquals(wanted, measured);
  }

  private static List<String> names(Path file) throws IOException {
    return rows(file).stream().map(line -> line.substring(0, line.indexOf(" | "))).toList();
  }

  @Test
  void theDocumentIsWhatTheTablesSay() throws IOException {
    String document = document();
    if ("write".equals(System.getProperty("jdocker.docs"))) {
      Files.writeString(DOCUMENT, document);
    }
    assertEquals(document, Files.readString(DOCUMENT), "write it anew: -Djdocker.docs=write");
  }

  private static String document() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Threats, defences and their tests\n\n");
    text.append(
        "Made by `SecurityDocumentTest` from `docs/security.txt`; a test that is named here\n");
    text.append("and is not there fails it. Most make the attack, not only the check.\n\n");
    text.append("| | threat | CVE | defence | tests |\n|---|---|---|---|---|\n");
    for (Threat threat : threats()) {
      String tests =
          threat.named().stream().map(t -> '`' + t + '`').collect(Collectors.joining("<br>"));
      text.append(
          row(List.of(threat.number(), threat.threat(), threat.cve(), threat.defence(), tests)));
    }
    text.append("\n# The same attacks in several engines\n\n");
    text.append(
        "Made of `docs/attacks.txt`, which `scripts/compare.d/attacks` measures: root in a\n");
    text.append("container with the engine's defaults tries each line of\n");
    text.append(
        "`scripts/compare.d/attacks.txt`. An error's name is the kernel's answer. runc and\n");
    text.append("crun alone run what their own `spec` command writes.\n\n");
    List<String> header =
        Arrays.asList(
            lines(RESULTS).stream()
                .filter(line -> line.startsWith("# ATTACK"))
                .findFirst()
                .orElseThrow()
                .substring(2)
                .toLowerCase(java.util.Locale.ROOT)
                .split(" \\| ", -1));
    text.append(row(header)).append("|---".repeat(header.size())).append("|\n");
    for (String line : rows(RESULTS)) {
      text.append(row(Arrays.asList(line.split(" \\| ", -1))));
    }
    return text.toString();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}

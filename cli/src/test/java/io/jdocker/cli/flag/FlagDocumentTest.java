package io.jdocker.cli.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.container.RunVerb;
import io.jdocker.cli.option.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/flags.md, made of the flags' effects and of what docs/flags.txt says of their tests. Run
 * with {@code -Djdocker.docs=write} to write it anew.
 */
final class FlagDocumentTest {
  private static final Path TABLE = Path.of("../docs/flags.txt");
  private static final Path DOCUMENT = Path.of("../docs/flags.md");
  private static final Pattern TEST_CLASS = Pattern.compile("\\b([A-Z]\\w+(?:IT|Test))\\b");

  private record Row(
      String flag, String field, String line, String probe, String v1, String v2, String explain) {
    List<String> cells() {
      return List.of(flag, field, line, probe, v1, v2, explain);
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" \\| ", -1))
        .map(c -> new Row(c[0], c[1], c[2], c[3], c[4], c[5], c[6]))
        .toList();
  }

  private static boolean isReason(String cell) {
    return cell.equals("-") || cell.startsWith("- ");
  }

  @Test
  void everyFlagOfRunHasItsRowAndNoOther() throws IOException {
    Set<String> flags =
        new RunVerb()
            .synopsis().flags().flags().stream()
                .map(Flag::name)
                .filter(name -> !name.equals("help"))
                .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        flags, rows().stream().map(Row::flag).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void noCellIsEmptyAndNoTestIsMissingWithoutAReason() throws IOException {
    for (Row row : rows()) {
      assertTrue(row.cells().stream().noneMatch(String::isBlank), row.toString());
      for (String cell : List.of(row.v1(), row.v2(), row.explain())) {
        assertFalse(cell.equals("-"), "a reason stands behind the dash: " + row);
      }
    }
  }

  /** A test that a reason names is there, in one of the modules. */
  @Test
  void theTestsThatAreNamedExist() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Row row : rows()) {
      for (String cell : row.cells()) {
        Matcher matcher = TEST_CLASS.matcher(isReason(cell) ? cell : "");
        while (matcher.find()) {
          named.add(matcher.group(1));
        }
      }
    }
    assertFalse(named.isEmpty());
    try (Stream<Path> sources = Files.walk(Path.of(".."), 12)) {
      Set<String> there =
          sources
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
      named.removeAll(there);
      assertEquals(Set.of(), named);
    }
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
    FlagEffects effects = FlagEffects.load();
    StringBuilder text = new StringBuilder();
    text.append("# The flags of run\n\n")
        .append("Made by `FlagDocumentTest` from `docs/flags.txt`; `FlagEffectIT` runs each line\n")
        .append(
            "against the kernel, on cgroup v1 and, in the VM, on v2. What a test expects is a\n")
        .append("regular expression of what the probe prints in the container.\n\n")
        .append("| flag | API field | kernel effect | test on v1 | test on v2 | explain |\n")
        .append("|---|---|---|---|---|---|\n");
    for (Row row : rows()) {
      FlagEffect effect = effects.find(row.flag()).orElseThrow();
      String kernel =
          effect.effects().isEmpty()
              ? "none: " + effect.note()
              : effect.effects().stream()
                  .map(FlagDocumentTest::code)
                  .collect(Collectors.joining("<br>"));
      text.append("| ")
          .append(
              String.join(
                  " | ",
                  code("--" + row.flag()),
                  reasonOr(row.field(), row.field()),
                  escaped(kernel),
                  test(row, row.v1()),
                  test(row, row.v2()),
                  reasonOr(row.explain(), code(row.explain()))))
          .append(" |\n");
    }
    return text.toString();
  }

  private static String test(Row row, String expected) {
    return reasonOr(
        expected, code(row.line()) + "<br>" + code(row.probe()) + "<br>prints " + code(expected));
  }

  private static String reasonOr(String cell, String otherwise) {
    return escaped(isReason(cell) ? cell.substring(1).strip() : otherwise);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|");
  }
}

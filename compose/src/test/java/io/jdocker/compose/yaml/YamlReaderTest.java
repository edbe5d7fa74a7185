package io.jdocker.compose.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private static String json(String yaml) {
    return DocumentText.json(YamlReader.read("f.yaml", yaml).get(0));
  }

  private static String refused(String yaml) {
    return assertThrows(InvalidArgument.class, () -> YamlReader.read("f.yaml", yaml)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: 1            | 1
          a: 0x1F         | 31
          a: 0o17         | 15
          a: +5           | 5
          a: .inf         | ".inf"
          a: True         | true
          a: 1.5          | 1.5
          a: true         | true
          a: yes          | "yes"
          a: "1"          | "1"
          a: 'x: y'       | "x: y"
          a: ~            | null
          a:              | null
          a: null         | null
          a: 22:22        | "22:22"
          a: 1_000        | "1_000"
          a: 2024-01-01   | "2024-01-01"
          a: [1, b]       | [1,"b"]
          a: {b: {}}      | {"b":{}}
          """)
  void scalarsAreReadByTheCoreSchemaOfYaml12(String yaml, String value) {
    assertEquals("{\"a\":" + value + "}", json(yaml));
  }

  @Test
  void everyValueKnowsItsPlace() {
    Mapping document = YamlReader.read("f.yaml", "a:\n  b:\n    - x\n    - y: 1\n").get(0);
    Mapping a = document.mapping("a");
    assertEquals("f.yaml:2:3", a.keyPosition("b").toString());
    Sequence list = (Sequence) a.find("b").orElseThrow();
    assertEquals("f.yaml:3:7", list.items().get(0).position().toString());
    assertEquals(
        "f.yaml:4:10",
        ((Mapping) list.items().get(1)).find("y").orElseThrow().position().toString());
  }

  @Test
  void anchorsAndMergeKeysAreApplied() {
    String yaml =
        """
        one: &one {a: 1, b: 1}
        two: &two {b: 2, c: 2}
        own: {<<: *one, b: own}
        both: {b: 0, <<: [*one, *two]}
        list: &l [x]
        again: *l
        """;
    assertEquals(
        "{\"again\":[\"x\"],\"both\":{\"a\":1,\"b\":0,\"c\":2},\"list\":[\"x\"],"
            + "\"one\":{\"a\":1,\"b\":1},\"own\":{\"a\":1,\"b\":\"own\"},"
            + "\"two\":{\"b\":2,\"c\":2}}",
        json(yaml));
  }

  @Test
  void whatAMergeKeyBringsInKnowsWhereItCameFrom() {
    Mapping document = YamlReader.read("f.yaml", "base: &b\n  image: x\napp:\n  <<: *b\n").get(0);
    assertEquals("f.yaml:2:3", document.mapping("app").keyPosition("image").toString());
  }

  @Test
  void tagsAskForAnotherMerge() {
    Mapping document =
        YamlReader.read("f", "a: !reset\nb: !reset []\nc: !override {x: 1}\nd: 1").get(0);
    List<Directive> directives =
        document.members().values().stream().map(Value::directive).toList();
    assertEquals(
        List.of(Directive.RESET, Directive.RESET, Directive.OVERRIDE, Directive.MERGE), directives);
  }

  @Test
  void aFileMayHaveSeveralDocuments() {
    assertEquals(2, YamlReader.read("f", "a: 1\n---\nb: 2\n---\n").size());
    assertEquals(List.of(), YamlReader.read("f", "# nothing\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: b: c              | yaml: f.yaml:1:5: mapping values are not allowed here
          a: [1, 2             | yaml: f.yaml:2:1: expected ',' or ']'
          a: 1;a: 2            | yaml: f.yaml:2:1: mapping key "a" already defined at f.yaml:1:1
          - a                  | validating f.yaml:1:1: top-level object must be a mapping
          text                 | validating f.yaml:1:1: top-level object must be a mapping
          a: *nowhere          | yaml: f.yaml:1:4: found undefined alias nowhere
          a: {<<: 5}           | yaml: f.yaml:1:5: map merge requires map or sequence of maps
          ? [a, b];: c         | validating f.yaml:1:3: a key must be a text
          """)
  void aMistakePointsAtItsPlace(String yaml, String message) {
    String told = refused(yaml.replace(';', '\n') + "\n");
    assertTrue(told.startsWith(message), told);
  }

  @Test
  void anAnchorThatHoldsItselfIsRefused() {
    assertTrue(refused("a: &a [*a]").contains("an anchor holds itself"), refused("a: &a [*a]"));
  }

  @Test
  void nestedAliasesDoNotGrowWithoutEnd() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      yaml.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [")
          .append(String.join(", ", java.util.Collections.nCopies(9, alias)))
          .append("]\n");
    }
    assertTrue(refused(yaml.toString()).contains("too many values"));
  }
}

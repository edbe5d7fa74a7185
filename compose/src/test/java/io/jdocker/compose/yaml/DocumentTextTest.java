package io.jdocker.compose.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTextTest {
  @Test
  void keysAreSortedAndTheNameLeads() {
    Mapping document =
        YamlReader.read("f", "z: {name: x, b: [1, {c: d, a: b}, []], a: {}}\nname: it\ne:").get(0);
    assertEquals(
        """
        name: it
        e: null
        z:
          a: {}
          b:
            - 1
            - a: b
              c: d
            - []
          name: x
        """,
        DocumentText.yaml(document));
    assertEquals(
        "{\"e\":null,\"name\":\"it\",\"z\":{\"a\":{},\"b\":[1,{\"a\":\"b\",\"c\":\"d\"},[]],"
            + "\"name\":\"x\"}}",
        DocumentText.json(document));
  }

  @Test
  void jsonIsIndentedForReaders() {
    Mapping document = YamlReader.read("f", "a: [1]\nb: {}").get(0);
    assertEquals(
        "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}\n", DocumentText.indentedJson(document));
  }

  /** Whatever a text looks like, it is read again as the same text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain",
        "true",
        "Yes",
        "no",
        "on",
        "null",
        "~",
        "1",
        "-1.5",
        "1e3",
        "0x10",
        "22:22",
        "1_000",
        "a: b",
        "a #b",
        "a:",
        "- a",
        "?",
        "[a]",
        "{a}",
        "*a",
        "&a",
        "!t",
        "|",
        ">",
        "'q'",
        "\"q\"",
        "%d",
        "@x",
        "`x",
        "back\\slash",
        "tab\tx",
        "line\nbreak",
        "\u0001",
        "ünï",
        "<<",
        "2024-01-01",
        ".5",
        "#x",
        "a,b",
        "trailing "
      })
  void aTextStaysATextInYaml(String text) {
    Mapping document =
        Mapping.empty(Position.none())
            .with("k", text)
            .with("l", Sequence.texts(java.util.List.of(text), Position.none()));
    Mapping again = YamlReader.read("f", DocumentText.yaml(document)).get(0);
    assertEquals(DocumentText.json(document), DocumentText.json(again));
  }
}

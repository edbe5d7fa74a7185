package io.jdocker.compose.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.YamlReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of merging that hold for whole sections, for three files and for directives below. */
class MergeRulesTest {
  private static Mapping document(String text) {
    return new Canonical(Path.of("/d")).document(YamlReader.read("f", text).get(0));
  }

  private static String json(Mapping document) {
    return DocumentText.json(document).replace("\"", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: a                        | name: b                       | {name:b}
          networks: {n: {driver: x}}     | networks: {n: {internal: true}} | {networks:{n:{driver:x,internal:true}}}
          networks: {n: {driver: x}}     | networks: {n: }               | {networks:{n:{driver:x}}}
          networks: {n: }                | networks: {n: {driver: x}}    | {networks:{n:{driver:x}}}
          networks: {n: {labels: [a=1]}} | networks: {n: {labels: {b: 2}}} | {networks:{n:{labels:{a:1,b:2}}}}
          volumes: {v: {name: a}}        | volumes: {w: }                | {volumes:{v:{name:a},w:null}}
          volumes: {v: {name: a}}        | volumes: {v: !override {driver: x}} | {volumes:{v:{driver:x}}}
          volumes: {v: {name: a}, w: }   | volumes: {v: !reset }         | {volumes:{w:null}}
          secrets: {s: {file: ./a}}      | secrets: {s: {file: b}}       | {secrets:{s:{file:/d/b}}}
          x-own: {a: 1}                  | x-own: {b: 2}                 | {x-own:{b:2}}
          services: {a: {image: x}}      | services: {b: {image: y}}     | {services:{a:{image:x},b:{image:y}}}
          services: {a: {image: x}}      | services: {a: }               | {services:{a:{image:x}}}
          services: {a: {image: x, user: u}} | services: {a: !override {image: y}} | {services:{a:{image:y}}}
          """)
  void sections(String base, String over, String expected) {
    assertEquals(expected, json(Merge.documents(document(base), document(over))));
  }

  @Test
  void threeFilesAreTwoMerges() {
    Mapping first = document("services: {a: {image: x, dns: 1.1.1.1, environment: {A: 1, B: 1}}}");
    Mapping second = document("services: {a: {dns: [2.2.2.2], environment: [B=2, C=2]}}");
    Mapping third = document("services: {a: {dns: !override 3.3.3.3, environment: [C=3]}}");
    Mapping merged = Merge.documents(Merge.documents(first, second), third);
    assertEquals("{services:{a:{dns:[3.3.3.3],environment:{A:1,B:2,C:3},image:x}}}", json(merged));
  }

  /** A short form becomes a list or a mapping: the directive is of the whole. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dns: 1.1.1.1           | dns: !override 2.2.2.2        | dns: [2.2.2.2]
          dns: [1.1.1.1]         | dns: !reset x                 | {}
          tmpfs: [/a]            | tmpfs: !override /b           | tmpfs: [/b]
          env_file: a            | env_file: !override b         | env_file: [{path: /d/b}]
          env_file: a            | env_file: !reset a            | {}
          build: {args: {A: 1}}  | build: !override ./b          | build: {context: /d/b}
          build: {args: {A: 1}}  | build: !reset ./b             | {}
          """)
  void directivesOfShortForms(String base, String over, String expected) {
    Mapping merged =
        Merge.documents(
            document("services: {a: {" + base + "}}"), document("services: {a: {" + over + "}}"));
    String whole = expected.equals("{}") ? expected : "{" + expected + "}";
    assertEquals(json(YamlReader.read("f", "services: {a: " + whole + "}").get(0)), json(merged));
  }

  @Test
  void aResetOfAFirstFileTakesNothingAway() {
    Mapping only = document("services: {a: {image: x, ports: !reset [], user: !reset null}}");
    assertEquals("{services:{a:{image:x}}}", json(Merge.withoutResets(only)));
  }

  @Test
  void aKeyThatIsOverriddenIsWhereItStandsLast() {
    Mapping base = YamlReader.read("one", "services:\n  a:\n    user: u\n").get(0);
    Mapping over = YamlReader.read("two", "services:\n  a: {user: v}\n").get(0);
    Mapping merged = Merge.documents(base, over);
    assertEquals("two:2:7", merged.mapping("services").mapping("a").keyPosition("user").toString());
  }
}

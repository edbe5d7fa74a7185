package io.jdocker.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.refuse("GET /", 404, "No such thing");
    engine.answer(
        "GET /containers/c/json", "{\"Id\":\"1\",\"Empty\":{},\"None\":[],\"A\":[1,\"<\"]}");
    engine.answer("GET /networks/n", "{\"Name\":\"n\"}");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @Test
  void printsTheDocumentAsItCame() {
    assertEquals(
        """
        [
            {
                "Id": "1",
                "Empty": {},
                "None": [],
                "A": [
                    1,
                    "\\u003c"
                ]
            }
        ]
        """,
        Typed.at(engine, "inspect", "c").out());
  }

  @Test
  void looksForContainersThenImagesThenNetworks() {
    assertEquals("n\n", Typed.at(engine, "inspect", "-f", "{{.Name}}", "n").out());
    assertEquals(
        List.of("GET /containers/n/json", "GET /images/n/json", "GET /networks/n"), engine.lines());
  }

  @Test
  void aTypeNarrowsTheSearch() {
    assertEquals(
        new Typed(1, "[]\n", "Error response from daemon: No such thing\n"),
        Typed.at(engine, "inspect", "--type", "image", "c"));
    assertEquals(
        new Typed(1, "", "\"x\" is not a valid value for --type\n"),
        Typed.at(engine, "inspect", "--type", "x", "c"));
  }

  @Test
  void printsWhatWasFoundThenWhatWasNot() {
    assertEquals(
        new Typed(1, "1\n", "Error: No such object: zz\n"),
        Typed.at(engine, "inspect", "-f", "{{.Id}}", "c", "zz"));
    assertEquals(
        new Typed(1, "\n", "Error: No such object: zz\n"),
        Typed.at(engine, "inspect", "-f", "{{.Id}}", "zz"));
  }

  @Test
  void oneKindHasTheEnginesWords() {
    assertEquals(
        new Typed(1, "[]\n", "Error response from daemon: No such thing\n"),
        Typed.at(engine, "container", "inspect", "zz"));
  }

  @Test
  void sizesAreAskedForContainersOnly() {
    Typed.at(engine, "inspect", "-s", "n");
    assertEquals("GET /containers/n/json?size=1", engine.lines().get(0));
    assertEquals("GET /images/n/json", engine.lines().get(1));
  }

  @Test
  void jsonIsOneLine() {
    assertEquals(
        "[{\"Name\":\"n\"}]\n", Typed.at(engine, "network", "inspect", "-f", "json", "n").out());
  }

  @Test
  void aMissingKeyIsAnError() {
    assertEquals(
        new Typed(
            1,
            "\n",
            "template parsing error: template: :1:2: executing \"\" at <.No>: map has no entry"
                + " for key \"No\"\n"),
        Typed.at(engine, "inspect", "-f", "{{.No}}", "c"));
  }
}

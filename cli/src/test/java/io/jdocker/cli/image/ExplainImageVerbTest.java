package io.jdocker.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code image explain}: an image's layers for people and for programs. */
final class ExplainImageVerbTest {
  private static final String EXPLAINED =
      """
      {"Id":"sha256:abc","Size":1500,"Visible":1000,"Wasted":500,"Layers":[
       {"DiffId":"sha256:1","CreatedBy":"/bin/sh -c #(nop) ADD file:x in / ","Size":1000,"Wasted":0,
        "Added":[{"Path":".","Kind":"folder","Size":0,"Link":""},
                 {"Path":"etc","Kind":"folder","Size":0,"Link":""},
                 {"Path":"etc/app/a","Kind":"file","Size":300,"Link":""},
                 {"Path":"etc/app/b","Kind":"file","Size":200,"Link":""},
                 {"Path":"l\\u001b[2J","Kind":"symbolic-link","Size":0,"Link":"etc"}],
        "Changed":[],"Deleted":[]},
       {"DiffId":"sha256:2","CreatedBy":"/bin/sh -c make\\tall","Size":500,"Wasted":500,
        "Added":[],"Changed":[{"Path":"etc/app/a","Kind":"file","Size":500,"Link":""}],
        "Deleted":[{"Path":"etc/app/b","Kind":"file","Size":200,"Link":""}]},
       {"DiffId":"sha256:3","CreatedBy":"","Size":0,"Wasted":0,
        "Added":[],"Changed":[],"Deleted":[]}]}
      """;

  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.answer("GET /jdocker/images/a:1/explain", EXPLAINED);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @Test
  void aLineALayerWhereNoTerminalIs() {
    assertEquals(
        """
         1        1kB  +5 ~0 -0  ADD file:x in /
         2       500B  +0 ~1 -1  wastes 500B  RUN make all
         3         0B  +0 ~0 -0  (its history says nothing)
        3 layers, 1.5kB; seen by a container: 1kB; wasted: 500B (33%)
        """,
        Typed.at(engine, "image", "explain", "a:1").out());
  }

  @Test
  void asATreeFoldersHaveTheSizeOfWhatTheyHold() {
    String tree = Typed.at(engine, "image", "explain", "--format", "tree", "a:1").out();
    assertTrue(tree.contains("      + etc/  500B\n          app/  500B  (2 files)\n"), tree);
    assertTrue(tree.contains("      + l?[2J -> etc  0B\n"), tree);
  }

  @Test
  void theWholeTreeNamesEveryFile() {
    String tree =
        Typed.at(engine, "image", "explain", "--format", "tree", "--depth", "all", "a:1").out();
    assertTrue(tree.contains("          + a  300B\n          + b  200B\n"), tree);
    assertTrue(tree.contains("          ~ a  500B\n          - b  200B\n"), tree);
    assertFalse(tree.contains("\u001b"), tree);
  }

  @Test
  void asJsonItIsTheEnginesAnswer() {
    String json = Typed.at(engine, "image", "explain", "--format", "json", "a:1").out();
    assertTrue(json.startsWith("{\"Id\":\"sha256:abc\",\"Size\":1500,"), json);
  }

  @ParameterizedTest
  @CsvSource({"--format, yaml, invalid format yaml", "--depth, deep, invalid depth deep"})
  void anythingElseIsSaid(String flag, String value, String message) {
    Typed typed = Typed.at(engine, "image", "explain", flag, value, "a:1");
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains(message), typed.err());
  }
}

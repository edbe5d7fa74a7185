package io.jdocker.cli.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code system check}: what is told, and the exit code. */
final class CheckVerbTest {
  private static final String PROBLEM =
      "{\"Images\":[\"a:1\",\"b:1\"],\"Place\":\"/r/l/1\",\"Path\":\"odd\\nname\","
          + "\"What\":\"0 bytes instead of 4\",\"Repaired\":%s}";

  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private void answer(String problems) {
    engine.answer(
        "POST /jdocker/system/check",
        "{\"Images\":2,\"Layers\":3,\"Files\":40,\"Bytes\":5000,\"Problems\":[" + problems + "]}");
  }

  @Test
  void aWholeStoreIsOneLine() {
    answer("");
    Typed typed = Typed.at(engine, "system", "check");
    assertEquals("2 images, 3 layers, 40 files, 5kB read: all as it should be\n", typed.out());
    assertEquals(0, typed.code());
  }

  @Test
  void damageIsNamedWithItsImagesAndIsAFailure() {
    answer(PROBLEM.formatted("false"));
    Typed typed = Typed.at(engine, "system", "check");
    assertEquals(
        """
        damaged: /r/l/1/odd?name: 0 bytes instead of 4 (image a:1, b:1)
        2 images, 3 layers, 40 files, 5kB read: 1 damaged, 0 repaired
        """,
        typed.out());
    assertTrue(typed.err().contains("system check --repair"), typed.err());
    assertEquals(1, typed.code());
  }

  @Test
  void whatWasMendedIsNoFailure() {
    answer(PROBLEM.formatted("true"));
    Typed typed = Typed.at(engine, "system", "check", "--repair");
    assertTrue(typed.out().startsWith("repaired: /r/l/1/odd?name"), typed.out());
    assertEquals(0, typed.code());
    String last = engine.lines().get(engine.lines().size() - 1);
    assertEquals("POST /jdocker/system/check?repair=1", last);
  }

  @Test
  void whatCouldNotBeMendedIsOne() {
    answer(PROBLEM.formatted("true") + "," + PROBLEM.formatted("false"));
    Typed typed = Typed.at(engine, "system", "check", "--repair");
    assertTrue(typed.out().endsWith("2 damaged, 1 repaired\n"), typed.out());
    assertEquals(1, typed.code());
  }
}

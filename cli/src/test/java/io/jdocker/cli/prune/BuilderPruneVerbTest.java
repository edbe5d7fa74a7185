package io.jdocker.cli.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code builder prune}: what is sent for each flag, and the question before. */
final class BuilderPruneVerbTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.answer("POST /build/prune", "{\"CachesDeleted\":[\"abc\"],\"SpaceReclaimed\":2000}");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @ParameterizedTest(name = "[{0}]")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | POST /build/prune",
        "-a | POST /build/prune?all=1",
        "--filter until=24h | POST /build/prune?filters={\"until\":{\"24h\":true}}",
        "--keep-storage 1k | POST /build/prune?keep-storage=1024",
      })
  void eachFlagIsSent(String flags, String sent) {
    List<String> line = new ArrayList<>(List.of("builder", "prune", "-f"));
    line.addAll(flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1)));
    Typed typed = Typed.at(engine, line.toArray(new String[0]));
    assertEquals("Deleted build cache objects:\nabc\n\nTotal reclaimed space: 2kB\n", typed.out());
    String last = engine.lines().get(engine.lines().size() - 1);
    assertEquals(sent, URLDecoder.decode(last, StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsSentWithoutAYes() {
    Typed typed =
        Typed.run("n\n", java.util.Map.of(), List.of("-H", engine.url(), "builder", "prune"));
    assertTrue(typed.out().contains("This will remove all dangling build cache."), typed.out());
    assertTrue(engine.lines().stream().noneMatch(l -> l.contains("prune")));
  }
}

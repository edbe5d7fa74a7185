package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every class that a command loads is paid for at each start: other verbs load none of compose. */
class LoadedClassesTest {
  private static final Pattern COMPOSE =
      Pattern.compile("io\\.jdocker\\.(cli\\.)?compose\\.\\w|org\\.snakeyaml\\.");

  /** The classes that a command loads, where nobody listens. */
  private static String loaded(String... words) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load:stdout:none"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of("-H", "unix:///proc/nobody"));
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void otherVerbsLoadNothingOfIt() throws IOException {
    String ps = loaded("ps");
    assertTrue(ps.contains("io.jdocker.cli.VerbIndex"), "classes are listed");
    assertFalse(
        COMPOSE.matcher(ps).find(), () -> COMPOSE.matcher(ps).results().toList().toString());
  }

  /** What says that the other test could fail. */
  @Test
  void composeItselfLoadsItsOwn() throws IOException {
    String config = loaded("compose", "version");
    assertTrue(config.contains("io.jdocker.cli.compose.VersionVerb"));
    assertEquals(false, config.contains("org.snakeyaml."), "the version needs no file");
  }
}

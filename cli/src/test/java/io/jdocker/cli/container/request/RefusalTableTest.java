package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/refusals.txt: what the command refuses itself, and what it leaves to the daemon. */
final class RefusalTableTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir private Path directory;

  static Stream<Arguments> byTheClient() throws IOException {
    return lines().filter(f -> f[3].equals("client")).map(f -> Arguments.of(f[0], f[1], f[2]));
  }

  static Stream<Arguments> byTheDaemon() throws IOException {
    return lines().filter(f -> !f[3].equals("client")).map(f -> Arguments.of(f[0], f[1], f[2]));
  }

  private static Stream<String[]> lines() throws IOException {
    return Files.readAllLines(Path.of("../docs/refusals.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" \\| ", -1));
  }

  private static String[] create(String flags) {
    List<String> words = new ArrayList<>(List.of("create"));
    Matcher matcher = WORD.matcher(flags);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    words.add("busybox");
    words.add("true");
    return words.toArray(new String[0]);
  }

  private static String firstLine(String text) {
    String first = text.lines().findFirst().orElse("");
    return first.startsWith("jdocker: ") ? first.substring("jdocker: ".length()) : first;
  }

  @ParameterizedTest
  @MethodSource("byTheClient")
  void refusesWithoutARequest(String flags, int status, String message) throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      Typed typed = Typed.at(engine, create(flags));
      assertEquals(message.strip(), firstLine(typed.err()).strip());
      assertEquals(status, typed.code());
      assertEquals("", typed.out());
      assertEquals(List.of(), engine.lines());
    }
  }

  /** What the daemon answers is shown as it is, and no second request follows. */
  @ParameterizedTest
  @MethodSource("byTheDaemon")
  void leavesToTheDaemonWhatItCannotKnow(String flags, int status, String message)
      throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.refuse("POST /containers/create", 400, message);
      Typed typed = Typed.at(engine, create(flags));
      assertEquals("Error response from daemon: " + message, firstLine(typed.err()));
      assertEquals(status, typed.code());
      assertTrue(
          engine.lines().stream().allMatch(line -> line.startsWith("POST /containers/create")));
      assertEquals(1, engine.lines().size());
    }
  }
}

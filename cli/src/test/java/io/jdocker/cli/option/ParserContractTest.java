package io.jdocker.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two parsers understand a line alike, or the plain one leaves it to picocli. */
class ParserContractTest {
  private static Synopsis synopsis(boolean stopping) {
    FlagTable flags =
        new FlagTable()
            .add(FlagKind.BOOL, 'd', "detach", "help")
            .add(FlagKind.BOOL, 'i', "interactive", "help")
            .add(FlagKind.BOOL, "rm", "help")
            .add(FlagKind.STRING, "name", "help")
            .add(FlagKind.LIST, 'p', "publish", "help")
            .add(FlagKind.LIST, 'e', "env", "help")
            .addWithAlias(FlagKind.NETWORK, "network", "net", "help")
            .add(FlagKind.INT, 'c', "cpu-shares", "help")
            .add(FlagKind.BYTES_OR_UNLIMITED, 'm', "memory", "help");
    Synopsis synopsis =
        Synopsis.of("test", "[OPTIONS] X", "Tests", ArgumentCount.atLeast(0), flags);
    return stopping ? synopsis.stoppingAtArgument() : synopsis;
  }

  private static String read(Parsed parsed) {
    StringBuilder text = new StringBuilder();
    for (String flag :
        List.of(
            "help",
            "detach",
            "interactive",
            "rm",
            "name",
            "publish",
            "env",
            "network",
            "cpu-shares",
            "memory")) {
      if (parsed.has(flag)) {
        text.append(flag).append('=').append(parsed.list(flag)).append(' ');
      }
    }
    return text.append(parsed.arguments()).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image                      | [image]
          -d image                   | detach=[true] [image]
          -di image -d               | detach=[true] interactive=[true] [image, -d]
          --rm=false image           | rm=[false] [image]
          --rm --rm=false image      | rm=[true, false] [image]
          --name x image             | name=[x] [image]
          --name=x image             | name=[x] [image]
          --name= image              | name=[] [image]
          --name --rm image          | name=[--rm] [image]
          --name a --name b image    | name=[a, b] [image]
          -p 80:80 -p81:81 image     | publish=[80:80, 81:81] [image]
          -dip 80:80 image           | detach=[true] interactive=[true] publish=[80:80] [image]
          -dip80:80 image            | detach=[true] interactive=[true] publish=[80:80] [image]
          -e A=b=c image             | env=[A=b=c] [image]
          --net=host image           | network=[host] [image]
          --net a --network b image  | network=[a, b] [image]
          -c -1 image                | cpu-shares=[-1] [image]
          -m -1 image                | memory=[-1] [image]
          -m 1.5g -- image           | memory=[1.5g] [image]
          -- -d                      | [-d]
          -d -- image -- -x          | detach=[true] [image, --, -x]
          image --name y             | [image, --name, y]
          -                          | [-]
          - -d                       | [-, -d]
          --help                     | help=[true] []
          """)
  void understandAlikeUpToTheFirstArgument(String line, String expected) {
    List<String> words = List.of(line.split(" ", -1));
    Optional<Parsed> plain = new PlainParser(synopsis(true)).parse(words);
    assertTrue(plain.isPresent(), "the plain parser gave up on: " + line);
    assertEquals(expected, read(plain.get()).replace("name=[] ", "name=[] "));
    assertEquals(expected, read(new PicocliParser(synopsis(true)).parse(words)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a -d b                     | detach=[true] [a, b]
          a --name x b --rm          | rm=[true] name=[x] [a, b]
          a b c                      | [a, b, c]
          a -p 1 b -p 2              | publish=[1, 2] [a, b]
          a -- -d                    | [a, -d]
          """)
  void understandFlagsAmongArgumentsAlike(String line, String expected) {
    List<String> words = List.of(line.split(" ", -1));
    assertEquals(expected, read(new PlainParser(synopsis(false)).parse(words).orElseThrow()));
    assertEquals(expected, read(new PicocliParser(synopsis(false)).parse(words)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bogus",
        "-z",
        "-dz",
        "--name",
        "-p",
        "-c x",
        "-m 5q",
        "--rm=maybe",
        "--cpu-shares=",
        "--=x"
      })
  void whatIsWrongGoesToPicocli(String line) {
    List<String> words = List.of(line.split(" ", -1));
    assertEquals(Optional.empty(), new PlainParser(synopsis(true)).parse(words));
    assertThrows(UsageException.class, () -> new PicocliParser(synopsis(true)).parse(words));
  }
}

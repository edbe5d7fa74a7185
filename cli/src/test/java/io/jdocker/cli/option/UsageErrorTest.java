package io.jdocker.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.cli.Typed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's words and exit codes for command lines that cannot be understood. */
class UsageErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run --bogus x        | unknown flag: --bogus
          run --bogus=1 x      | unknown flag: --bogus
          run -zq x            | unknown shorthand flag: 'z' in -zq
          run -iz x            | unknown shorthand flag: 'z' in -z
          run --name           | flag needs an argument: --name
          run -p               | flag needs an argument: 'p' in -p
          run -c x y           | invalid argument "x" for "-c, --cpu-shares" flag: strconv.ParseInt: parsing "x": invalid syntax
          run --cpus x y       | invalid argument "x" for "--cpus" flag: failed to parse x as a rational number
          run -m x y           | invalid argument "x" for "-m, --memory" flag: invalid size: 'x'
          run --health-interval x y | invalid argument "x" for "--health-interval" flag: time: invalid duration "x"
          run --init=z y       | invalid argument "z" for "--init" flag: strconv.ParseBool: parsing "z": invalid syntax
          run --blkio-weight 70000 y | invalid argument "70000" for "--blkio-weight" flag: strconv.ParseUint: parsing "70000": value out of range
          ps -f x              | invalid argument "x" for "-f, --filter" flag: bad format of filter (expected name=value)
          """)
  void aWrongFlag(String line, String problem) {
    Typed typed = Typed.alone(line.split(" ", -1));
    String verb = line.substring(0, line.indexOf(' '));
    String usage =
        verb.equals("run") ? "run [OPTIONS] IMAGE [COMMAND] [ARG...]" : verb + " [OPTIONS]";
    assertEquals(
        new Typed(
            125,
            "",
            problem
                + "\n\nUsage:  jdocker "
                + usage
                + "\n\nRun 'jdocker "
                + verb
                + " --help' for more information\n"),
        typed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run                 | requires at least 1 argument            | See
          ps a b              | accepts no arguments                    | Run
          tag a               | requires 2 arguments                    | Run
          images a b          | requires at most 1 argument             | Run
          port a b c          | requires at least 1 and at most 2 arguments | Run
          attach a b          | requires 1 argument                     | Run
          """)
  void aWrongNumberOfArguments(String line, String rule, String hint) {
    Typed typed = Typed.alone(line.split(" ", -1));
    String verb = line.split(" ", -1)[0];
    assertEquals(1, typed.code());
    String[] lines = typed.err().split("\n", -1);
    assertEquals("jdocker: 'jdocker " + verb + "' " + rule, lines[0]);
    assertEquals(hint + " 'jdocker " + verb + " --help' for more information", lines[4]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nope             | 1   | jdocker: unknown command: jdocker nope
          container nope   | 1   | jdocker: unknown command: jdocker container nope
          system dial-stdio | 125 | jdocker: 'system dial-stdio' is a docker command that jdocker does not support yet
          --bogus          | 125 | unknown flag: --bogus
          -x               | 125 | unknown shorthand flag: 'x' in -x
          --root           | 125 | flag needs an argument: --root
          --root=x ps      | 1   | jdocker: --root must be an absolute path: "x"
          -H http://x ps   | 1   | unable to parse docker host `http://x`: use unix:///path or tcp://host:port
          """)
  void anUnknownCommandOrGlobalOption(String line, int code, String first) {
    Typed typed = Typed.alone(line.split(" ", -1));
    assertEquals(code, typed.code());
    assertEquals(first, typed.err().split("\n", -1)[0]);
    assertEquals("", typed.out());
  }
}

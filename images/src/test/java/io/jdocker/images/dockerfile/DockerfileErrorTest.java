package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Dockerfile of each broken kind: the message, and the line it points at. */
final class DockerfileErrorTest {
  private static String message(String text) {
    return assertThrows(InvalidArgument.class, () -> Dockerfile.parse(text)).getMessage();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FOO x | unknown instruction: FOO",
        "FRM x | unknown instruction: FRM (did you mean FROM?)",
        "copi a b | unknown instruction: copi (did you mean COPY?)",
        "FROM | FROM requires either one or three arguments",
        "FROM a b | FROM requires either one or three arguments",
        "FROM a AS | FROM requires either one or three arguments",
        "FROM a OF b | FROM requires either one or three arguments",
        "FROM a AS 1x | invalid name for build stage: \"1x\"",
        "FROM a AS a/b | invalid name for build stage: \"a/b\"",
        "FROM --bogus=1 a | unknown flag: --bogus",
        "RUN | RUN requires at least one argument",
        "RUN --mount a | missing a value on flag: --mount",
        "RUN --mount=type=cache,target=/x | RUN requires at least one argument",
        "RUN --network=bridge a | invalid network mode: \"bridge\"",
        "RUN --network=none --network=host a | duplicate flag specified: --network",
        "RUN --security=insecure a | security mode \"insecure\" is not supported",
        "RUN --nope a | unknown flag: --nope",
        "RUN cat <<EOF | unterminated heredoc",
        "ENV | ENV requires at least one argument",
        "ENV a | ENV must have two arguments",
        "ENV a=b c | Syntax error - can't find = in \"c\". Must be of the form: name=value",
        "ENV =b | ENV names can not be blank",
        "ENV a=\"b | unexpected end of statement while looking for matching \"",
        "LABEL | LABEL requires at least one argument",
        "LABEL a | LABEL must have two arguments",
        "EXPOSE | EXPOSE requires at least one argument",
        "ENTRYPOINT | ENTRYPOINT requires at least one argument",
        "COPY | COPY requires at least two arguments",
        "COPY a | COPY requires at least two arguments, but only one was provided",
        "COPY [\"a\"] | COPY requires at least two arguments",
        "COPY --from a b | missing a value on flag: --from",
        "COPY --link=maybe a b | expecting boolean value for flag --link",
        "COPY --checksum=x a b | unknown flag: --checksum",
        "COPY --from=a --from=b a b | duplicate flag specified: --from",
        "ADD a | ADD requires at least two arguments",
        "ADD --from=x a b | unknown flag: --from",
        "ADD --parents a b | unknown flag: --parents",
        "VOLUME | VOLUME requires at least one argument",
        "VOLUME [] | VOLUME specified can not be an empty string",
        "VOLUME [\"\"] | VOLUME specified can not be an empty string",
        "USER | USER requires exactly one argument",
        "USER a b | USER requires exactly one argument",
        "WORKDIR | WORKDIR requires exactly one argument",
        "STOPSIGNAL | STOPSIGNAL requires exactly one argument",
        "STOPSIGNAL a b | STOPSIGNAL requires exactly one argument",
        "SHELL | SHELL requires at least one argument",
        "SHELL /bin/sh | SHELL requires the arguments to be in JSON form",
        "SHELL [] | SHELL requires at least one argument",
        "MAINTAINER | MAINTAINER requires exactly one argument",
        "ARG | ARG requires at least one argument",
        "ARG =x | ARG names can not be blank",
        "ONBUILD | ONBUILD requires at least one argument",
        "ONBUILD ONBUILD RUN a | Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
        "ONBUILD FROM a | FROM isn't allowed as an ONBUILD trigger",
        "ONBUILD MAINTAINER a | MAINTAINER isn't allowed as an ONBUILD trigger",
        "ONBUILD NOPE a | unknown instruction: NOPE",
        "ONBUILD COPY a | COPY requires at least two arguments",
        "HEALTHCHECK | HEALTHCHECK requires at least one argument",
        "HEALTHCHECK curl | Unknown type \"curl\" in HEALTHCHECK (try CMD)",
        "HEALTHCHECK NONE x | HEALTHCHECK NONE takes no arguments",
        "HEALTHCHECK CMD | Missing command after HEALTHCHECK CMD",
        "HEALTHCHECK --interval=x CMD a | time: invalid duration \"x\"",
        "HEALTHCHECK --retries=-1 CMD a | --retries must be at least 0",
      })
  void eachFaultNamesItsLine(String line, String expected) {
    String message = message("FROM x\n\n# comment\n" + line + "\nRUN after\n");
    String start = "dockerfile parse error on line 4: ";
    assertTrue(message.startsWith(start), message);
    assertTrue(message.contains(expected.replace("``", "`")), message);
    assertTrue(message.contains("\n 4 | " + line + "\n   | "), message);
    assertTrue(message.endsWith("^"), message);
  }

  @Test
  void theCaretStandsBelowTheWordAtFault() {
    assertEquals(
        """
        dockerfile parse error on line 2: unknown flag: --bogus
         2 | RUN --bogus=1 true
           |     ^^^^^^^""",
        message("FROM x\nRUN --bogus=1 true\n"));
    assertEquals(
        """
        dockerfile parse error on line 2: unknown instruction: RAN (did you mean RUN?)
         2 | \tRAN true
           | \t^^^""",
        message("FROM x\n\tRAN true\n"));
  }

  @Test
  void aContinuedInstructionIsNamedByItsFirstLine() {
    String message = message("FROM x\nRUN a\nENV a=b \\\n  # why\n  c\n");
    assertTrue(message.startsWith("dockerfile parse error on line 3: "), message);
    assertTrue(message.contains("\n 3 | ENV a=b \\\n"), message);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | file with no instructions",
        "# only a comment~ | file with no instructions",
        "ARG a~ | no build stage in Dockerfile: a FROM is missing",
        "RUN a~ | no build stage in current context: a FROM must come first",
        "FROM a AS x~FROM b AS X~ | duplicate name x of a build stage",
        "# escape=x~FROM a~ | invalid ESCAPE 'x'. Must be",
        "# escape=\\~# escape=\\~FROM a~ | only one escape parser directive can be used",
        "# syntax=a~# syntax=b~FROM a~ | only one syntax parser directive can be used",
      })
  void aFileMustBeOne(String text, String expected) {
    String message = message(text.replace('~', '\n'));
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aTriggerOfABaseImageHasNoLine() {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class, () -> new InstructionParser('\\').parseTrigger("NOPE x"));
    assertEquals("unknown instruction: NOPE", e.getMessage());
  }
}

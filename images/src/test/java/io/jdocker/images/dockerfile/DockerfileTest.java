package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a Dockerfile's text to its instructions. */
final class DockerfileTest {
  private static List<Instruction> body(String text) {
    return Dockerfile.parse("FROM x\n" + text).stages().get(0).instructions();
  }

  private static Instruction one(String text) {
    List<Instruction> all = body(text);
    assertEquals(1, all.size(), all.toString());
    return all.get(0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RUN a b | RUN a b",
        "run a | RUN a",
        "Run\ta | RUN a",
        "  RUN   a   b   | RUN a   b",
        "RUN a \\~ b | RUN a  b",
        "RUN a \\~b | RUN a b",
        "RUN a\\~b | RUN ab",
        "RUN a \\  ~ b | RUN a  b",
        "RUN a \\~# comment~ b | RUN a  b",
        "RUN a \\~   # comment~ b | RUN a  b",
        "RUN a \\~~ b | RUN a  b",
        "RUN a \\\\ | RUN a \\\\",
        "RUN a # no comment | RUN a # no comment",
        "# comment~RUN a | RUN a",
        "  # comment~~~RUN a~~ | RUN a",
        "RUN a \\ | RUN a",
        "RUN a \\~ \\~ b | RUN a   b",
        "RUN \\~a | RUN a",
        "CMD | CMD",
        "RUN [\"a\", \"b\"] | RUN [\"a\", \"b\"]",
      })
  void linesAreJoinedAndCommentsDropped(String text, String expected) {
    assertEquals(expected, one(text.replace('~', '\n')).text());
  }

  @Test
  void byteOrderMarksCarriageReturnsAndAMissingEndDoNotMatter() {
    Dockerfile file = Dockerfile.parse("\ufeffFROM x\r\nRUN a \\\r\n b\r\nCMD c");
    assertEquals(
        List.of("RUN a  b", "CMD c"),
        file.stages().get(0).instructions().stream().map(Instruction::text).toList());
  }

  @Test
  void directivesStandAtTheTopAlone() {
    assertEquals('`', Dockerfile.parse("# escape=`\nFROM x\nRUN a `\n b\n").escape());
    assertEquals('`', Dockerfile.parse("#syntax=docker/x\n#  ESCAPE = `\nFROM x\n").escape());
    assertEquals('\\', Dockerfile.parse("# comment\n# escape=`\nFROM x\n").escape());
    assertEquals('\\', Dockerfile.parse("\n# escape=`\nFROM x\n").escape());
    assertEquals('\\', Dockerfile.parse("# other=1\n# escape=`\nFROM x\n").escape());
    assertEquals('\\', Dockerfile.parse("FROM x\n# escape=`\n").escape());
    Instruction windows =
        Dockerfile.parse("# escape=`\nFROM x\nCOPY a c:\\dir\\\nRUN b")
            .stages()
            .get(0)
            .instructions()
            .get(0);
    assertEquals("c:\\dir\\", ((Instruction.Copy) windows).target());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CMD echo  hi | true | echo  hi",
        "CMD [\"echo\",\"hi\"] | false | echo~hi",
        "CMD [ \"a b\" , \"c\" ] | false | a b~c",
        "CMD ['echo'] | true | ['echo']",
        "CMD [\"a\", 1] | true | [\"a\", 1]",
        "CMD [\"a\" | true | [\"a\"",
        "CMD [\"a\\tb\"] | false | a\tb",
        "CMD [] | false | ``",
        "CMD | true | ``",
        "CMD echo [\"a\"] | true | echo [\"a\"]",
      })
  void commandsAreLinesOrWords(String text, boolean shell, String words) {
    Instruction.Command command = ((Instruction.Cmd) one(text)).command();
    assertEquals(shell, command.shell());
    assertEquals(words, String.join("~", command.words()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ENV a=b | a=b",
        "ENV a=b c=d | a=b;c=d",
        "ENV a=\"b c\" d='e f' | a=\"b c\";d='e f'",
        "ENV a=b\\ c | a=b\\ c",
        "ENV a b c | a=b c",
        "ENV a   b=c | a=b=c",
        "ENV a= b= | a=;b=",
        "ENV a==b | a==b",
        "ENV a=\\~b=c | a=b=c",
        "ENV a=b \\~ c=d | a=b;c=d",
        "LABEL \"a b\"=c | \"a b\"=c",
        "LABEL com.example.x=1 | com.example.x=1",
        "LABEL a=\"x\\~y\" | a=\"xy\"",
      })
  void pairsStayAsTheyWereWritten(String text, String expected) {
    Instruction parsed = one(text.replace('~', '\n'));
    List<Instruction.Pair> pairs =
        parsed instanceof Instruction.Env env ? env.pairs() : ((Instruction.Label) parsed).pairs();
    assertEquals(
        expected, String.join(";", pairs.stream().map(p -> p.name() + "=" + p.value()).toList()));
  }

  @Test
  void copiesHaveFlagsSourcesAndATarget() {
    Instruction.Copy copy =
        (Instruction.Copy)
            one(
                "COPY --from=b --chown=1:2 --chmod=755 --link --parents --exclude=*.a"
                    + " --exclude=b x \"y z\" /t/");
    assertEquals(List.of("x", "\"y z\""), copy.sources());
    assertEquals("/t/", copy.target());
    assertEquals(
        new Instruction.CopyFlags("b", "1:2", "755", true, true, List.of("*.a", "b"), ""),
        copy.flags());
    assertFalse(copy.add());
    Instruction.Copy words = (Instruction.Copy) one("ADD [\"a b\", \"c\", \"/d e/\"]");
    assertEquals(List.of("a b", "c"), words.sources());
    assertEquals("/d e/", words.target());
    assertTrue(words.add());
    assertEquals(
        "sha256:0",
        ((Instruction.Copy) one("ADD --checksum=sha256:0 http://x/y /z")).flags().checksum());
  }

  @Test
  void runsHaveMountsAndANetwork() {
    Instruction.Run run =
        (Instruction.Run)
            one(
                "RUN --mount=type=cache,target=/c --mount=type=tmpfs,target=/t --network=none a --b");
    assertEquals(List.of("type=cache,target=/c", "type=tmpfs,target=/t"), run.mounts());
    assertEquals("none", run.network());
    assertEquals(List.of("a --b"), run.command().words());
    assertEquals(List.of("--flag"), ((Instruction.Run) one("RUN -- --flag")).command().words());
  }

  @Test
  void argumentsMayBeSeveral() {
    Instruction.Arg arg = (Instruction.Arg) one("ARG a b=c d=\"e f\" g=");
    assertEquals(
        List.of(
            new Instruction.Arg.Declaration("a", Optional.empty()),
            new Instruction.Arg.Declaration("b", Optional.of("c")),
            new Instruction.Arg.Declaration("d", Optional.of("\"e f\"")),
            new Instruction.Arg.Declaration("g", Optional.of(""))),
        arg.declarations());
  }

  @Test
  void stagesHaveNamesAndNumbers() {
    Dockerfile file =
        Dockerfile.parse(
            "ARG g=1\nFROM --platform=$P a AS One\nRUN x\nFROM b\nFROM one as two-2.x_y\nCMD z\n");
    assertEquals(1, file.globals().size());
    assertEquals(3, file.stages().size());
    assertEquals("$P", file.stages().get(0).from().platform());
    assertEquals(Optional.of("one"), file.stages().get(0).from().alias());
    assertEquals(0, file.stageBefore(2, "ONE").orElseThrow().index());
    assertEquals(1, file.stageBefore(2, "1").orElseThrow().index());
    assertTrue(file.stageBefore(1, "two-2.x_y").isEmpty(), "a later stage was found");
    assertTrue(file.stageBefore(1, "1").isEmpty(), "a stage found itself");
    assertEquals(2, file.target("").index());
    assertEquals(2, file.target("two-2.x_y").index());
    assertThrows(InvalidArgument.class, () -> file.target("three"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "RUN cat <<EOF\none\n\ntwo\nEOF",
        "RUN cat <<\"EOF\"\none\n\ntwo\nEOF",
        "RUN cat <<'EOF'\none\n\ntwo\nEOF",
        "RUN cat <<-EOF\n\tone\n\n\t\ttwo\n\tEOF",
        "RUN cat 3<<EOF\none\n\ntwo\nEOF",
        "COPY <<EOF /x\none\n\ntwo\nEOF",
      })
  void heredocsAreReadToTheirEnd(String text) {
    Instruction parsed = body(text + "\nCMD after").get(0);
    List<Heredoc> heredocs =
        parsed instanceof Instruction.Run run
            ? run.heredocs()
            : ((Instruction.Copy) parsed).heredocs();
    boolean quoted = text.contains("\"") || text.contains("'");
    assertEquals(List.of(new Heredoc("EOF", "one\n\ntwo\n", !quoted)), heredocs);
    assertEquals(2, body(text + "\nCMD after").size());
  }

  @Test
  void heredocsKeepCommentsAndEscapes() {
    Instruction.Run run = (Instruction.Run) one("RUN <<EOF\n# not a comment\na \\\nFROM y\nEOF\n");
    assertEquals("# not a comment\na \\\nFROM y\n", run.heredocs().get(0).content());
  }

  @Test
  void whatOnlyLooksLikeOneIsNone() {
    assertEquals(0, ((Instruction.Run) one("RUN echo \"<<EOF\"")).heredocs().size());
    assertEquals(0, ((Instruction.Run) one("RUN echo $((1<<2))")).heredocs().size());
    assertEquals("CMD cat <<EOF", one("CMD cat <<EOF").text());
  }
}

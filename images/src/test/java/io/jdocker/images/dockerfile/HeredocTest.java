package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents within a Dockerfile: where they begin, what is in them, where they end. */
final class HeredocTest {
  private static List<Instruction> body(String text) {
    return Dockerfile.parse("FROM x\n" + text).stages().get(0).instructions();
  }

  private static List<Heredoc> of(Instruction instruction) {
    return instruction instanceof Instruction.Run run
        ? run.heredocs()
        : ((Instruction.Copy) instruction).heredocs();
  }

  private static List<Heredoc> first(String text) {
    return of(body(text).get(0));
  }

  @Test
  void severalFollowInTheOrderOfTheirNames() {
    List<Instruction> parsed =
        body("COPY <<one <<'two' <<-three /d/\n1\none\n2 $x\ntwo\n\t3\n\tthree\nRUN after\n");
    assertEquals(
        List.of(
            new Heredoc("one", "1\n", true),
            new Heredoc("two", "2 $x\n", false),
            new Heredoc("three", "3\n", true)),
        of(parsed.get(0)));
    assertEquals("RUN after", parsed.get(1).text());
  }

  @Test
  void aCopyTakesDocumentsBesideFiles() {
    Instruction.Copy copy = (Instruction.Copy) body("COPY a <<EOF b /d/\nx\nEOF\n").get(0);
    assertEquals(List.of("a", "b"), copy.sources());
    assertEquals("/d/", copy.target());
    assertEquals(List.of(new Heredoc("EOF", "x\n", true)), copy.heredocs());
  }

  @Test
  void anAddTakesThemToo() {
    Instruction.Copy add = (Instruction.Copy) body("ADD --chmod=755 <<run.sh /\nx\nrun.sh").get(0);
    assertTrue(add.add());
    assertEquals("755", add.flags().chmod());
    assertEquals(List.of(new Heredoc("run.sh", "x\n", true)), add.heredocs());
    assertEquals(List.of(), add.sources());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // Only tabs are stripped, only by the dash.
        "<<-E|~\ta~\t\tb~E|~a~b~",
        "<<-E|~  a~E|~  a~",
        "<<-E|~a\tb~\t\tE|~a\tb~",
        "<<E|~\ta~E|~\ta~",
        // The end is the name alone on its line.
        "<<E|~E E~ E~E ~EE~E|~E E~ E~E ~EE~",
        "<<E|~~~E|~~~",
        "<<E|~# a comment~E|~# a comment~",
        "<<E|~a \\~b~E|~a \\~b~",
        "<<E|~FROM y~ENV a~E|~FROM y~ENV a~",
        "<<E|~E|~",
      })
  void itsLinesAreKept(String start, String lines, String expected) {
    String text = "RUN cat " + start + lines.replace('~', '\n') + "\nRUN next\n";
    assertEquals(expected.substring(1).replace('~', '\n'), first(text).get(0).content());
    assertEquals("RUN next", body(text).get(1).text());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<<EOF | EOF | true",
        "<<end-of.it_1 | end-of.it_1 | true",
        "<<'a b' | a b | false",
        "<<\"a b\" | a b | false",
        "<<-'EOF' | EOF | false",
        "0<<EOF | EOF | true",
        "12<<-EOF | EOF | true",
      })
  void aNameMayBeQuotedAndNumbered(String start, String name, boolean expands) {
    List<Heredoc> found = first("RUN cat " + start + "\nx\n" + name + "\n");
    assertEquals(List.of(new Heredoc(name, "x\n", expands)), found);
  }

  @Test
  void theNameMayEndTheFile() {
    assertEquals("x\n", first("RUN <<E\nx\nE").get(0).content());
  }

  @Test
  void carriageReturnsAreNoPartOfTheName() {
    assertEquals("x\n", first("RUN <<E\r\nx\r\nE\r\nRUN y\r\n").get(0).content());
  }

  @Test
  void itMayStandBehindAContinuedLine() {
    List<Instruction> parsed = body("RUN cat \\\n  # why\n  <<E && \\\n  true\nx\nE\nRUN next\n");
    assertEquals("RUN cat   <<E &&   true", parsed.get(0).text());
    assertEquals(List.of(new Heredoc("E", "x\n", true)), of(parsed.get(0)));
    assertEquals(2, parsed.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN cat '<<E'",
        "RUN cat \"<<E\"",
        "RUN cat <<<E",
        "RUN echo 1 << 2",
        "RUN echo $((4<<E))",
        "RUN a<<E",
        "RUN echo 'it<<E",
      })
  void whatOnlyLooksLikeOneReadsNoFurtherLine(String line) {
    List<Instruction> parsed = body(line + "\nRUN next\n");
    assertEquals(List.of(), of(parsed.get(0)));
    assertEquals("RUN next", parsed.get(1).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENV a=<<E", "LABEL a=<<E", "CMD cat <<E", "ENTRYPOINT cat <<E"})
  void otherInstructionsHaveNone(String line) {
    assertEquals(2, body(line + "\nRUN next\n").size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN cat <<EOF~x~ EOF | EOF",
        "RUN cat <<-EOF~x~  EOF | EOF",
        "COPY <<a <<b /d/~x~a~y | b",
        "RUN <<'a b'~x~a  b | a b",
      })
  void oneWithoutItsEndIsMarked(String text, String name) {
    String source = text.substring(0, text.indexOf('~'));
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> body(text.replace('~', '\n') + "\nRUN y\n"));
    assertEquals(
        "dockerfile parse error on line 2: unterminated heredoc\n 2 | "
            + source
            + "\n   | "
            + " ".repeat(source.indexOf(name))
            + "^".repeat(name.length()),
        e.getMessage());
  }
}

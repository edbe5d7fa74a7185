package io.jdocker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cli.CommandFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
  private static final Listing LISTING =
      new Listing("{{.ID}}\t{{.Name}}", Map.of("ID", "THE ID", "Name", "NAME"));

  private static Row row(String id, String name) {
    return new Row("*test.Context", Map.of("com.x.a-b", "l" + id))
        .with("ID", id)
        .with("Name", name)
        .withNil("Platform");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          |THE ID    NAME~1         a~2         b~
          table|THE ID    NAME~1         a~2         b~
          table {{.Name}}|NAME~a~b~
          table {{.Name}}\\t{{.ID}}|NAME      THE ID~a         1~b         2~
          table {{.ID}} x|THE ID x~1 x~2 x~
          table {{.Label "com.x.a-b"}}|a b~l1~l2~
          {{.ID}}:{{.Name}}|1:a~2:b~
          {{.ID}}\\n|1~~2~~
          {{.Label "none"}}|~~
          {{.Platform}}|<nil>~<nil>~
          {{json .ID}}|"1"~"2"~
          """)
  void printsAsAsked(String format, String expected) {
    String given = format == null ? "" : format.replace("\\\\", "\\");
    String printed = LISTING.print(given, List.of(row("1", "a"), row("2", "b")));
    assertEquals(expected, printed.replace('\n', '~'));
  }

  @Test
  void jsonHasEveryFieldInOrderOfNames() {
    assertEquals(
        "{\"ID\":\"1\",\"Name\":\"a \\u003cb\\u003e\",\"Platform\":null}\n",
        LISTING.print("json", List.of(row("1", "a <b>"))));
  }

  @Test
  void aTemplateThatIsNoneIsRefused() {
    CommandFailure e = assertThrows(CommandFailure.class, () -> LISTING.print("{{", List.of()));
    assertEquals("template parsing error: template: :1: unclosed action", e.getMessage());
  }

  @Test
  void aFieldThatIsNoneIsRefused() {
    CommandFailure e =
        assertThrows(
            CommandFailure.class, () -> LISTING.print("{{.Nope}}", List.of(row("1", "a"))));
    assertEquals(
        "template parsing error: template: :1:2: executing \"\" at <.Nope>:"
            + " can't evaluate field Nope in type *test.Context",
        e.getMessage());
  }

  @Test
  void filtersAreGroupedByName() {
    assertEquals("", Filters.json(List.of()));
    assertEquals(
        "{\"label\":{\"a=b\":true,\"c\":true},\"status\":{\"running\":true}}",
        Filters.json(List.of("label=a=b", "Status=running", "label = c")));
  }
}

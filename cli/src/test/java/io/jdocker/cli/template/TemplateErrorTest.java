package io.jdocker.cli.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{              | template: :1: unclosed action
          {{.A            | template: :1: unclosed action
          {{"a            | template: :1: unterminated quoted string
          {{/* x          | template: :1: unclosed comment
          {{nope}}        | template: :1: function "nope" not defined
          {{if}}x{{end}}  | template: :1: missing value for if
          {{if 1}}x       | template: :1: unexpected EOF
          {{end}}         | template: :1: unexpected {{end}}
          {{range .A}}    | template: :1: unexpected EOF
          {{(1}}          | template: :1: unclosed left paren
          {{.A ^}}        | template: :1: unexpected "^" in operand
          {{break}}       | template: :1: {{break}} outside {{range}}
          {{$x}}          | template: :1: undefined variable "$x"
          {{}}            | template: :1: missing value for command
          """)
  void refusesMalformedText(String template, String message) {
    TemplateException e =
        assertThrows(TemplateException.class, () -> Template.parse(template).execute(null));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{.Nope}}         | template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"
          {{.State.Nope}}   | template: :1:8: executing "" at <.State.Nope>: map has no entry for key "Nope"
          {{.Name.X}}       | template: :1:7: executing "" at <.Name.X>: can't evaluate field X in type interface {}
          {{.Nil.X}}        | template: :1:6: executing "" at <.Nil.X>: nil data; no entry for key "X"
          {{len 1}}         | template: :1:2: executing "" at <len 1>: error calling len: len of type int
          {{index .Env 9}}  | template: :1:2: executing "" at <index .Env 9>: error calling index: index out of range: 9
          {{lt 1 "a"}}      | template: :1:2: executing "" at <lt 1 "a">: error calling lt: incompatible types for comparison
          {{"a" 1}}         | template: :1:2: executing "" at <"a">: can't give argument to non-function "a"
          {{range .Name}}x{{end}} | template: :1:8: executing "" at <.Name>: range can't iterate over n
          {{template "t"}}  | template: :1:11: executing "" at <{{template "t"}}>: template "t" not defined
          {{join 1 ","}}    | template: :1:7: executing "" at <1>: expected []string; found 1
          {{upper}}         | template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0
          """)
  void saysWhatADocumentHasNot(String template, String message) {
    Object document =
        JsonValues.document(
            JsonParser.parseString(
                "{\"Name\":\"n\",\"State\":{\"A\":1},\"Nil\":null,\"Env\":[\"a\"]}"));
    TemplateException e =
        assertThrows(TemplateException.class, () -> Template.parse(template).execute(document));
    assertEquals(message, e.getMessage());
  }

  @Test
  void namesTheLineOfAnError() {
    TemplateException e =
        assertThrows(TemplateException.class, () -> Template.parse("a\nb {{nope}}"));
    assertEquals("template: :2: function \"nope\" not defined", e.getMessage());
  }

  @Test
  void endlessRecursionEnds() {
    Template template =
        Template.parse("{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}");
    TemplateException e = assertThrows(TemplateException.class, () -> template.execute(null));
    assertEquals("template: exceeded maximum template depth (1000)", e.getMessage());
  }
}

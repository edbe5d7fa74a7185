package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Go's encoding/json writes for the same bytes. */
final class JsonTextTest {
  @Test
  void plainTextAndOtherScriptsStayAsTheyAre() {
    assertEquals("a~ \u007fä€𝄞", escape("a~ \u007fä€𝄞"));
  }

  @Test
  void controlsAndWhatIsSpecialInHtmlOrJavaScriptAreEscaped() {
    assertEquals(
        "\\u0000\\u0008\\u0009\\n\\u000b\\u000c\\r\\u001b", escape("\0\b\t\n\u000b\f\r\u001b"));
    assertEquals("\\\"\\\\/", escape("\"\\/"));
    assertEquals("\\u003ca\\u003e\\u0026", escape("<a>&"));
    assertEquals("\\u2028\\u2029\u2027\u202a", escape("\u2028\u2029\u2027\u202a"));
  }

  @ParameterizedTest
  @CsvSource({
    "ff, 1", // never a lead
    "80, 1", // a continuation alone
    "c0af, 2", // overlong slash
    "e282, 2", // an euro sign without its end
    "eda080, 3", // a surrogate
    "f4908080, 4", // beyond U+10FFFF
    "f09d84, 3", // a clef without its end
    "e08080, 3", // overlong
  })
  void eachByteThatIsNotUtf8BecomesTheReplacementCharacter(String hex, int replacements) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    assertEquals("\\ufffd".repeat(replacements), escape(bytes));
  }

  @Test
  void whatFollowsAnInvalidByteIsKept() {
    byte[] bytes = {'a', (byte) 0xe2, (byte) 0x82, 'b', (byte) 0xc3, (byte) 0xa4};
    assertEquals("a\\ufffd\\ufffdbä", escape(bytes));
  }

  @Test
  void itGrowsBeyondTheExpectedSize() {
    JsonText text = new JsonText(0);
    byte[] controls = new byte[5000];
    text.escaped(controls, 0, controls.length);
    assertEquals("\\u0000".repeat(5000), text.toString());
  }

  @Test
  void aQuotedStringHasItsQuotes() {
    assertEquals("\"a\\\"b\"", new JsonText(1).quoted("a\"b").toString());
  }

  private static String escape(String text) {
    return escape(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String escape(byte[] bytes) {
    return new JsonText(4).escaped(bytes, 0, bytes.length).toString();
  }
}

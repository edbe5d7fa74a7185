package io.jdocker.daemon.http;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.LazyLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Header lines whose name is a token, as RFC 9110, section 5.6.2 has it. HttpCore takes a name with
 * a blank or a control character in it; another parser on the way may read the same line as {@code
 * Transfer-Encoding} and see the end of the request elsewhere.
 */
final class StrictHeaders extends LazyLineParser {
  private static final String SYMBOLS = "!#$%&'*+-.^_`|~";

  @Override
  public Header parseHeader(CharArrayBuffer line) throws ParseException {
    int colon = line.indexOf(':');
    for (int i = 0; i < colon; i++) {
      if (!isTokenCharacter(line.charAt(i))) {
        throw new ParseException("Invalid header name", line, 0, line.length(), i);
      }
    }
    return super.parseHeader(line);
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SYMBOLS.indexOf(c) >= 0;
  }
}

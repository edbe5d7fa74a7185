package io.jdocker.cli.format;

import java.util.Comparator;

/** Names as people count: {@code app9} before {@code app10}. Digits stand for their number. */
public final class NaturalOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    int a = 0;
    int b = 0;
    while (a < left.length() && b < right.length()) {
      if (isDigit(left.charAt(a)) && isDigit(right.charAt(b))) {
        int endOfA = endOfDigits(left, a);
        int endOfB = endOfDigits(right, b);
        int byNumber = byNumber(left.substring(a, endOfA), right.substring(b, endOfB));
        if (byNumber != 0) {
          return byNumber;
        }
        a = endOfA;
        b = endOfB;
      } else if (left.charAt(a) != right.charAt(b)) {
        return Character.compare(left.charAt(a), right.charAt(b));
      } else {
        a++;
        b++;
      }
    }
    return Integer.compare(left.length() - a, right.length() - b);
  }

  /** Of equal numbers the one with fewer leading zeros comes first. */
  private static int byNumber(String left, String right) {
    String a = withoutZeros(left);
    String b = withoutZeros(right);
    if (a.length() != b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    int byDigits = a.compareTo(b);
    return byDigits != 0 ? byDigits : Integer.compare(left.length(), right.length());
  }

  private static String withoutZeros(String digits) {
    int at = 0;
    while (at < digits.length() && digits.charAt(at) == '0') {
      at++;
    }
    return digits.substring(at);
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

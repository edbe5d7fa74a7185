package io.jdocker.images.tar;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A moment as PAX writes it: decimal seconds since the epoch, negative before it. */
record PaxTime(long seconds, int nanos) {
  private static final int MAX_LENGTH = 40;

  static PaxTime parse(String text) throws TarFormatException {
    try {
      if (text.length() > MAX_LENGTH || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
        throw new NumberFormatException("not plain decimal");
      }
      BigDecimal exact = new BigDecimal(text);
      // Floor, so that -4.5 is second -5 and half a second more, as timespec wants it.
      BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
      int nanos = exact.subtract(whole).movePointRight(9).intValue();
      return new PaxTime(whole.longValueExact(), nanos);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TarFormatException("invalid PAX header (mtime=" + text + ")");
    }
  }
}

package io.jdocker.network.dns;

import io.jdocker.network.Ip;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** The names under which addresses are looked up: RFC 1035, 3.5, and RFC 3596, 2.5. */
final class ReverseName {
  private static final String FOUR = ".in-addr.arpa";
  private static final String SIX = ".ip6.arpa";
  private static final int DIGITS = 32;

  private ReverseName() {}

  /** True for a name of that kind, whether it stands for an address or not. */
  static boolean isOne(String name) {
    return name.endsWith(FOUR) || name.endsWith(SIX);
  }

  /** The address that a name stands for: {@code 2.0.17.172.in-addr.arpa} for 172.17.0.2. */
  static Optional<Ip> address(String name) {
    if (name.endsWith(FOUR)) {
      return Ipv4.parse(String.join(".", reversed(name, FOUR))).map(a -> a);
    }
    String[] digits = reversed(name, SIX);
    boolean whole = digits.length == DIGITS;
    for (String digit : digits) {
      whole &= digit.matches("[0-9a-f]");
    }
    if (!whole) {
      return Optional.empty();
    }
    String text = String.join("", digits);
    return Optional.of(
        new Ipv6(
            Long.parseUnsignedLong(text.substring(0, DIGITS / 2), 16),
            Long.parseUnsignedLong(text.substring(DIGITS / 2), 16)));
  }

  private static String[] reversed(String name, String suffix) {
    String[] labels = name.substring(0, name.length() - suffix.length()).split("\\.", -1);
    Collections.reverse(Arrays.asList(labels));
    return labels;
  }
}

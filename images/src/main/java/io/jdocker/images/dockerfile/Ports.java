package io.jdocker.images.dockerfile;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** EXPOSE: {@code 80}, {@code 53/udp}, {@code 8000-8010/tcp}. */
final class Ports {
  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/([a-zA-Z]+))?");
  private static final int MAX = 65535;

  private Ports() {}

  static void add(JsonObject exposed, String text) {
    Matcher port = PORT.matcher(text);
    if (!port.matches()) {
      throw invalid(text);
    }
    int first = Integer.parseInt(port.group(1));
    int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
    String protocol = port.group(3) == null ? "tcp" : port.group(3).toLowerCase(Locale.ROOT);
    boolean known = protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("sctp");
    if (first < 1 || last > MAX || last < first || !known) {
      throw invalid(text);
    }
    for (int number = first; number <= last; number++) {
      exposed.add(number + "/" + protocol, new JsonObject());
    }
  }

  private static InvalidArgument invalid(String text) {
    return new InvalidArgument("invalid containerPort: " + text);
  }
}

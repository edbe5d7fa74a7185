package io.jdocker.network.names;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a container's /etc/hosts, to the byte as Docker writes it. */
public final class HostsFile {
  private static final String HOST_GATEWAY = "host-gateway";

  // Enough to tell an IPv6 address from a name; the resolver of the container reads it.
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%\\w+)?");

  private static final String LOCALHOST =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      ff00::0\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  private HostsFile() {}

  /** The localhost lines, then the given ones. */
  public static String text(List<HostLine> lines) {
    return text(LOCALHOST, lines);
  }

  /** The lines after another file's text, as containers on the host's network have them. */
  static String text(String before, List<HostLine> lines) {
    StringBuilder text = new StringBuilder(before);
    if (!before.isEmpty() && !before.endsWith("\n")) {
      text.append('\n');
    }
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /**
   * Reads {@code --add-host} values.
   *
   * @param gateway what {@code host-gateway} stands for; empty text where there is nothing
   */
  public static List<HostLine> extra(List<String> values, String gateway) {
    List<HostLine> lines = new ArrayList<>();
    for (String value : values) {
      int colon = value.indexOf(':');
      int equals = value.indexOf('=');
      int separator = equals > 0 && (colon < 0 || equals < colon) ? equals : colon;
      if (separator <= 0) {
        throw new InvalidArgument("bad format for add-host: \"" + value + "\"");
      }
      String name = value.substring(0, separator);
      String address = value.substring(separator + 1);
      lines.add(new HostLine(address(address, gateway), List.of(name)));
    }
    return lines;
  }

  private static String address(String text, String gateway) {
    if (text.equals(HOST_GATEWAY)) {
      if (gateway.isEmpty()) {
        throw new InvalidArgument(
            "unable to derive the IP value for host-gateway: the container is on no bridge");
      }
      return gateway;
    }
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (Ipv4.parse(bare).isEmpty() && !IPV6.matcher(bare).matches()) {
      throw new InvalidArgument("invalid IP address in add-host: \"" + text + "\"");
    }
    return bare;
  }
}

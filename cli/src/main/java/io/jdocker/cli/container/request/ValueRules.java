package io.jdocker.cli.container.request;

import java.util.List;

/** What some flags of run and create take, judged as docker's command does before any request. */
final class ValueRules {
  private ValueRules() {}

  /** {@code --dns}: addresses, none of them a name. */
  static List<String> nameServers(List<String> texts) {
    for (String text : texts) {
      if (!isAddress(text)) {
        throw Refusal.ofArgument(text, "--dns", "IP address is not correctly formatted: " + text);
      }
    }
    return texts;
  }

  /** True for an address that means the container itself inside it. */
  static boolean isLocal(String address) {
    return address.startsWith("127.") || address.equals("::1");
  }

  /** {@code --add-host}: {@code name:address} or {@code name=address}. */
  static String extraHost(String text) {
    int equals = text.indexOf('=');
    int at = equals < 0 ? text.indexOf(':') : equals;
    if (at <= 0) {
      throw Refusal.ofArgument(text, "--add-host", "bad format for add-host: \"" + text + "\"");
    }
    String address = text.substring(at + 1);
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    if (!address.equals("host-gateway") && !isAddress(address)) {
      throw Refusal.ofArgument(
          text, "--add-host", "invalid IP address in add-host: \"" + address + "\"");
    }
    return text.substring(0, at) + ":" + address;
  }

  private static boolean isAddress(String text) {
    if (text.indexOf(':') >= 0) {
      return text.matches("[0-9a-fA-F:.]+");
    }
    return text.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        && List.of(text.split("\\.", -1)).stream().allMatch(part -> Integer.parseInt(part) <= 255);
  }

  /** {@code --link name[:alias]}. */
  static List<String> links(List<String> texts) {
    for (String text : texts) {
      if (text.split(":", -1).length > 2) {
        throw Refusal.ofArgument(text, "--link", "bad format for links: " + text);
      }
    }
    return texts;
  }
}

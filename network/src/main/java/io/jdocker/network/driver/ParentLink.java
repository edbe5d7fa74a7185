package io.jdocker.network.driver;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the option {@code parent} names: a link of the host, or by {@code eth0.50} the frames of one
 * VLAN on it.
 *
 * @param name the whole name
 * @param base the link below the VLAN
 * @param vlan 1 to 4094; empty where the name does not have that form
 */
record ParentLink(String name, String base, Optional<Integer> vlan) {
  static final String OPTION = "parent";

  private static final Pattern VLAN = Pattern.compile("(.+)\\.([0-9]{1,4})");
  private static final int LAST_VLAN = 4094;

  static ParentLink parse(String name) {
    Matcher matcher = VLAN.matcher(name);
    int id = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    return id >= 1 && id <= LAST_VLAN
        ? new ParentLink(name, matcher.group(1), Optional.of(id))
        : new ParentLink(name, name, Optional.empty());
  }

  /** A link's name as the kernel takes it (IFNAMSIZ, dev_valid_name). */
  static boolean isLinkName(String name) {
    return name.matches("[^\\s/:]{1,15}") && !name.equals(".") && !name.equals("..");
  }
}

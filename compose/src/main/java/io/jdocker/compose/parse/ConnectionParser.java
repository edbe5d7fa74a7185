package io.jdocker.compose.parse;

import io.jdocker.compose.model.Connection;
import io.jdocker.compose.model.Connection.Attachment;
import io.jdocker.compose.model.Connection.Port;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks, ports and names. */
final class ConnectionParser {
  private static final int LAST_PORT = 65535;

  private final Fields fields;

  ConnectionParser(Fields fields) {
    this.fields = fields;
  }

  Connection parse() {
    return new Connection(
        fields.text("network_mode"),
        networks(),
        ports(),
        fields.texts("expose"),
        fields.text("hostname"),
        fields.text("domainname"),
        fields.text("mac_address"),
        fields.texts("dns"),
        fields.texts("dns_search"),
        fields.texts("dns_opt"),
        hosts(fields, "extra_hosts"),
        fields.texts("links"),
        fields.texts("external_links"));
  }

  private Map<String, Attachment> networks() {
    Map<String, Attachment> networks = new LinkedHashMap<>();
    for (Map.Entry<String, Fields> entry : fields.each("networks").entrySet()) {
      Fields end = entry.getValue();
      networks.put(
          entry.getKey(),
          new Attachment(
              end.texts("aliases"),
              end.text("ipv4_address"),
              end.text("ipv6_address"),
              end.texts("link_local_ips"),
              end.text("mac_address"),
              end.map("driver_opts"),
              end.integer("priority"),
              end.integer("gw_priority")));
      end.ignoring("interface_name").end();
    }
    return networks;
  }

  private List<Port> ports() {
    List<Port> ports = new ArrayList<>();
    for (Fields port : fields.items("ports")) {
      if (!port.has("target")) {
        throw port.mistake("target", "is required");
      }
      long target = port.number("target");
      String published = port.text("published");
      if (target < 1 || target > LAST_PORT) {
        throw port.mistake("target", "must be a port, 1 to 65535");
      }
      if (!arePorts(published)) {
        throw port.mistake("published", "must be a port or a range of ports");
      }
      port.word("mode", List.of("ingress", "host"));
      ports.add(
          new Port(
              port.text("host_ip"),
              published,
              (int) target,
              port.word("protocol", List.of("tcp", "udp", "sctp"))));
      port.ignoring("name", "app_protocol").end();
    }
    return ports;
  }

  /** None, a port, or two of which the first is not the greater one. */
  private static boolean arePorts(String text) {
    if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
      return text.isEmpty();
    }
    String[] ends = text.split("-", -1);
    int last = Integer.parseInt(ends[ends.length - 1]);
    return Integer.parseInt(ends[0]) <= last && last <= LAST_PORT;
  }

  /** Names to addresses; a name may have several. */
  static Map<String, List<String>> hosts(Fields fields, String key) {
    Map<String, List<String>> hosts = new LinkedHashMap<>();
    Optional<Value> value = fields.value(key);
    if (value.isEmpty()) {
      return hosts;
    }
    if (!(value.get() instanceof Mapping all)) {
      throw fields.mistake(key, "must be a mapping");
    }
    for (String name : all.names()) {
      List<String> addresses = new ArrayList<>();
      Value given = all.find(name).orElseThrow();
      List<Value> items = given instanceof Sequence list ? list.items() : List.of(given);
      for (Value item : items) {
        if (!(item instanceof Scalar text) || text.text().isEmpty()) {
          throw fields.mistake(key, "bad format for host \"" + name + "\": an address is missing");
        }
        String address = text.text();
        boolean isBracketed = address.startsWith("[") && address.endsWith("]");
        addresses.add(isBracketed ? address.substring(1, address.length() - 1) : address);
      }
      hosts.put(name, addresses);
    }
    return hosts;
  }
}

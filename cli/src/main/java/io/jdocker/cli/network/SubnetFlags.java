package io.jdocker.cli.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.container.request.KeyValues;
import io.jdocker.cli.option.Parsed;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The address flags of {@code network create}: each gateway, range and reserved address goes to the
 * subnet it lies in. What is wrong with an address itself the daemon says.
 */
final class SubnetFlags {
  private final Map<String, JsonObject> pools = new LinkedHashMap<>();

  private SubnetFlags() {}

  static SubnetFlags of(Parsed line) {
    SubnetFlags flags = new SubnetFlags();
    for (String subnet : line.list("subnet")) {
      for (String other : flags.pools.keySet()) {
        if (contains(other, subnet) || contains(subnet, other)) {
          throw new CommandFailure("multiple overlapping subnet configuration is not supported");
        }
      }
      JsonObject pool = new JsonObject();
      pool.addProperty("Subnet", subnet);
      flags.pools.put(subnet, pool);
    }
    if (flags.pools.isEmpty() && (line.has("ip-range") || line.has("gateway"))) {
      throw new CommandFailure("every ip-range or gateway must have a corresponding subnet");
    }
    for (String range : line.list("ip-range")) {
      flags.pool(range, "range").addProperty("IPRange", range);
    }
    for (String gateway : line.list("gateway")) {
      flags.pool(gateway, "gateway").addProperty("Gateway", gateway);
    }
    KeyValues.map(line.list("aux-address")).forEach(flags::reserve);
    return flags;
  }

  private void reserve(String name, String address) {
    JsonObject pool = pool(address, "aux-address");
    if (!pool.has("AuxiliaryAddresses")) {
      pool.add("AuxiliaryAddresses", new JsonObject());
    }
    pool.getAsJsonObject("AuxiliaryAddresses").addProperty(name, address);
  }

  private JsonObject pool(String address, String flag) {
    for (Map.Entry<String, JsonObject> pool : pools.entrySet()) {
      if (contains(pool.getKey(), address)) {
        return pool.getValue();
      }
    }
    throw new CommandFailure("no matching subnet for " + flag + " " + address);
  }

  private static boolean contains(String subnet, String address) {
    int slash = subnet.indexOf('/');
    int end = address.indexOf('/');
    byte[] network = bytes(slash < 0 ? subnet : subnet.substring(0, slash));
    byte[] host = bytes(end < 0 ? address : address.substring(0, end));
    if (slash < 0 || network.length != host.length || network.length == 0) {
      return false;
    }
    int length = Integer.parseInt(subnet.substring(slash + 1).replaceAll("\\D", "0"));
    int shift = Math.max(0, network.length * 8 - length);
    return new BigInteger(1, network)
        .shiftRight(shift)
        .equals(new BigInteger(1, host).shiftRight(shift));
  }

  /** The address's bytes; none when it is not written in digits, so that no name is looked up. */
  private static byte[] bytes(String address) {
    if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return new byte[0];
    }
    try {
      return java.net.InetAddress.getByName(address).getAddress();
    } catch (java.net.UnknownHostException e) {
      return new byte[0];
    }
  }

  JsonArray pools() {
    JsonArray array = new JsonArray();
    pools.values().forEach(array::add);
    return array;
  }
}

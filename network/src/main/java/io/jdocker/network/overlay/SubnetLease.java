package io.jdocker.network.overlay;

import com.google.gson.Gson;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import java.util.Optional;

/**
 * One host's part of a flannel network: {@code PREFIX/subnets/10.244.47.0-24} with the host's
 * address and, where packets go by VXLAN, the MAC address of its device.
 *
 * @param host flannel's PublicIP
 * @param backend {@code vxlan}, {@code host-gw}, or what else other hosts may use
 */
record SubnetLease(Cidr subnet, Ipv4 host, String backend, Optional<Vtep> vtep) {
  /** A VXLAN device. */
  record Vtep(int vni, MacAddress mac) {}

  /** What is read of the JSON, with flannel's names. */
  private static final class Document {
    String PublicIP;
    String BackendType;
    Data BackendData;
  }

  private static final class Data {
    Integer VNI;
    String VtepMAC;
  }

  static String key(String prefix, Cidr subnet) {
    return prefix + "/subnets/" + subnet.first() + "-" + subnet.prefix();
  }

  /** The subnet that a key names; a second one behind {@code &} is IPv6 and left alone. */
  static Optional<Cidr> subnet(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String four = name.contains("&") ? name.substring(0, name.indexOf('&')) : name;
    return Cidr.parse(four.replace('-', '/')).filter(c -> c.first().equals(c.address()));
  }

  /**
   * The JSON as flannel writes it: in its order, and naming an IPv6 address where there is none.
   */
  String value() {
    JsonObject document = new JsonObject();
    document.addProperty("PublicIP", host.toString());
    document.add("PublicIPv6", JsonNull.INSTANCE);
    document.addProperty("BackendType", backend);
    vtep.ifPresent(
        v -> {
          JsonObject data = new JsonObject();
          data.addProperty("VNI", v.vni());
          data.addProperty("VtepMAC", v.mac().toString());
          document.add("BackendData", data);
        });
    return document.toString();
  }

  /**
   * Reads what a host has written.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static SubnetLease parse(String key, String value) {
    Cidr subnet =
        subnet(key).orElseThrow(() -> new IllegalArgumentException("its key names no subnet"));
    try {
      Document document = new Gson().fromJson(value, Document.class);
      if (document == null || document.PublicIP == null) {
        throw new IllegalArgumentException("it names no PublicIP");
      }
      Ipv4 host =
          Ipv4.parse(document.PublicIP)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "PublicIP \"" + document.PublicIP + "\" is no IPv4 address"));
      String backend = document.BackendType == null ? "" : document.BackendType;
      return new SubnetLease(subnet, host, backend, vtep(backend, document.BackendData));
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("it is not JSON as flannel writes it", e);
    }
  }

  private static Optional<Vtep> vtep(String backend, Data data) {
    if (!backend.equals(FlannelBackend.VXLAN)) {
      return Optional.empty();
    }
    if (data == null || data.VtepMAC == null) {
      throw new IllegalArgumentException("it names no VtepMAC");
    }
    MacAddress mac =
        MacAddress.parse(data.VtepMAC)
            .filter(MacAddress::isUnicast)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "VtepMAC \"" + data.VtepMAC + "\" is no MAC address of a device"));
    return Optional.of(new Vtep(data.VNI == null ? 1 : data.VNI, mac));
  }
}

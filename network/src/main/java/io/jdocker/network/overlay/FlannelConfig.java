package io.jdocker.network.overlay;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.util.Optional;

/**
 * The cluster's network, as flannel's operators write it to {@code PREFIX/config}.
 *
 * @param network all addresses of the cluster's containers
 * @param subnetLength prefix length of each host's part
 * @param first the lowest subnet that may be leased
 * @param last the highest one
 */
record FlannelConfig(
    Cidr network, int subnetLength, Ipv4 first, Ipv4 last, FlannelBackend backend) {
  private static final int USUAL_LENGTH = 24;
  private static final int SHORTEST_FOR_USUAL = 22;
  private static final int LONGEST_SUBNET = 30;

  /** The JSON, with flannel's names. */
  private static final class Document {
    String Network;
    int SubnetLen;
    String SubnetMin;
    String SubnetMax;
    BackendDocument Backend = new BackendDocument();
  }

  private static final class BackendDocument {
    String Type = "udp"; // flannel's default
    int VNI = 1;
    int Port;
    boolean DirectRouting;
  }

  /**
   * Reads it, with flannel's defaults.
   *
   * @throws SystemFailure where it makes no sense
   * @throws Unsupported where it asks for another way of sending packets
   */
  static FlannelConfig parse(String key, String json) {
    try {
      Document document = new Gson().fromJson(json, Document.class);
      if (document == null || document.Network == null) {
        throw new IllegalArgumentException("it names no Network");
      }
      Cidr network = subnet(document.Network);
      int length = length(network, document.SubnetLen);
      Ipv4 step = new Ipv4(1 << (32 - length));
      Ipv4 first =
          document.SubnetMin == null
              ? network.first().plus(step.bits())
              : address("SubnetMin", document.SubnetMin, network, length);
      Ipv4 last =
          document.SubnetMax == null
              ? new Cidr(network.last(), length).first()
              : address("SubnetMax", document.SubnetMax, network, length);
      return new FlannelConfig(network, length, first, last, backend(document.Backend));
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new SystemFailure(
          "the cluster's network config at "
              + key
              + " is not usable: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ": write it anew, for example with etcdctl put",
          e);
    }
  }

  private static Cidr subnet(String text) {
    Cidr network =
        Cidr.parse(text)
            .orElseThrow(
                () -> new IllegalArgumentException("Network \"" + text + "\" is no IPv4 subnet"));
    return network.subnet();
  }

  private static int length(Cidr network, int wanted) {
    int usual = network.prefix() <= SHORTEST_FOR_USUAL ? USUAL_LENGTH : network.prefix() + 2;
    int length = wanted > 0 ? wanted : usual;
    if (length <= network.prefix() || length > LONGEST_SUBNET) {
      throw new IllegalArgumentException(
          "SubnetLen " + length + " leaves no subnets in Network " + network);
    }
    return length;
  }

  private static Ipv4 address(String name, String text, Cidr network, int length) {
    Ipv4 address =
        Ipv4.parse(text)
            .filter(network::contains)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name + " \"" + text + "\" is not in Network " + network));
    if (!new Cidr(address, length).first().equals(address)) {
      throw new IllegalArgumentException(
          name + " " + address + " is no start of a /" + length + " subnet");
    }
    return address;
  }

  private static FlannelBackend backend(BackendDocument wanted) {
    int vni = wanted.VNI == 0 ? 1 : wanted.VNI;
    int port = wanted.Port == 0 ? FlannelBackend.KERNEL_PORT : wanted.Port;
    return switch (String.valueOf(wanted.Type)) {
      case "vxlan" -> FlannelBackend.vxlan(vni, port, wanted.DirectRouting);
      case "host-gw" -> FlannelBackend.HOST_GATEWAY;
      default ->
          throw new Unsupported(
              "the cluster's network config asks for the backend "
                  + wanted.Type
                  + ", this engine has vxlan and host-gw: set Backend.Type to one of them");
    };
  }

  /** Whether a subnet is one that a host of this cluster may have. */
  boolean admits(Cidr subnet) {
    return subnet.prefix() == subnetLength
        && subnet.first().compareTo(first) >= 0
        && subnet.first().compareTo(last) <= 0;
  }

  /** The subnet after that one; empty after the last. */
  Optional<Cidr> next(Cidr subnet) {
    Ipv4 start = subnet.first().plus(1 << (32 - subnetLength));
    return start.compareTo(subnet.first()) > 0 && start.compareTo(last) <= 0
        ? Optional.of(new Cidr(start, subnetLength))
        : Optional.empty();
  }

  /** The lowest subnet. */
  Cidr lowest() {
    return new Cidr(first, subnetLength);
  }
}

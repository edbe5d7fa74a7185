package io.jdocker.daemon.networks;

import com.google.gson.JsonElement;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.networks.NetworkDocument.ConfigFromDocument;
import io.jdocker.daemon.networks.NetworkDocument.PoolDocument;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The body of {@code POST /networks/create}. */
record CreateNetwork(
    String name,
    String driver,
    String scope,
    @Key("EnableIPv4") Optional<Boolean> enableIpv4,
    @Key("EnableIPv6") Optional<Boolean> enableIpv6,
    @Key("IPAM") Ipam ipam,
    boolean internal,
    boolean attachable,
    boolean ingress,
    boolean configOnly,
    Optional<ConfigFromDocument> configFrom,
    Map<String, String> options,
    Map<String, String> labels) {

  record Ipam(String driver, Map<String, JsonElement> options, List<PoolDocument> config) {}

  /**
   * The network module's wish.
   *
   * @throws Unsupported for what it cannot do
   */
  NetworkSpec spec() {
    if (name.isEmpty()) {
      throw new InvalidArgument("network name cannot be empty");
    }
    refuse("Scope \"" + scope + "\"", !Set.of("", "local").contains(scope));
    refuse("EnableIPv4=false", !enableIpv4.orElse(true));
    refuse("Ingress", ingress);
    refuse("ConfigOnly", configOnly);
    refuse("ConfigFrom", configFrom.map(from -> !from.network().isEmpty()).orElse(false));
    refuse("the IPAM driver " + ipam.driver(), !Set.of("", "default").contains(ipam.driver()));
    refuse("IPAM options", !ipam.options().isEmpty());
    refuse("more than one subnet", ipam.config().size() > 1);
    Optional<PoolDocument> pool = ipam.config().stream().findFirst();
    return new NetworkSpec(
        name,
        driver,
        pool.map(PoolDocument::subnet).filter(text -> !text.isEmpty()),
        pool.map(PoolDocument::ipRange).filter(text -> !text.isEmpty()),
        pool.map(PoolDocument::gateway).filter(text -> !text.isEmpty()),
        pool.map(PoolDocument::auxiliaryAddresses).orElse(Map.of()),
        internal,
        attachable,
        enableIpv6.orElse(false),
        options,
        labels);
  }

  private void refuse(String what, boolean set) {
    if (set) {
      throw new Unsupported(
          "cannot create network "
              + name
              + ": "
              + what
              + " is not supported by this version of jdocker");
    }
  }
}

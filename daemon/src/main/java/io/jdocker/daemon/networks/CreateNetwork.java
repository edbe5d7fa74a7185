package io.jdocker.daemon.networks;

import com.google.gson.JsonElement;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.networks.NetworkDocument.ConfigFromDocument;
import io.jdocker.daemon.networks.NetworkDocument.PoolDocument;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Family;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.SubnetSpec;
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
    boolean wide = driver.equals("overlay") && scope.equals("global");
    refuse("Scope \"" + scope + "\"", !wide && !Set.of("", "local").contains(scope));
    refuse("EnableIPv4=false", !enableIpv4.orElse(true));
    refuse("Ingress", ingress);
    refuse("ConfigOnly", configOnly);
    refuse("ConfigFrom", configFrom.map(from -> !from.network().isEmpty()).orElse(false));
    refuse("the IPAM driver " + ipam.driver(), !Set.of("", "default").contains(ipam.driver()));
    refuse("IPAM options", !ipam.options().isEmpty());
    SubnetSpec four = addresses(Family.IPV4);
    return new NetworkSpec(
        name,
        driver,
        four.subnet(),
        four.range(),
        four.gateway(),
        four.reserved(),
        internal,
        attachable,
        enableIpv6.orElse(false),
        addresses(Family.IPV6),
        options,
        labels);
  }

  /** The pool of one protocol: its subnet tells which, or its gateway where it has none. */
  private SubnetSpec addresses(Family family) {
    List<PoolDocument> pools =
        ipam.config().stream().filter(pool -> familyOf(pool) == family).toList();
    refuse("more than one subnet of a protocol", pools.size() > 1);
    return pools.stream()
        .findFirst()
        .map(
            pool ->
                new SubnetSpec(
                    given(pool.subnet()),
                    given(pool.ipRange()),
                    given(pool.gateway()),
                    pool.auxiliaryAddresses()))
        .orElse(SubnetSpec.ANY);
  }

  private static Family familyOf(PoolDocument pool) {
    return (pool.subnet() + pool.gateway()).indexOf(':') < 0 ? Family.IPV4 : Family.IPV6;
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
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

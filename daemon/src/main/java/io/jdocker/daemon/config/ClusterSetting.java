package io.jdocker.daemon.config;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.overlay.ClusterOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where hosts of overlay networks meet, of three directives. */
final class ClusterSetting {
  private ClusterSetting() {}

  /**
   * The cluster that was chosen; empty for the one that the engine's folder names.
   *
   * @throws InvalidArgument naming what is wrong
   */
  static Optional<ClusterOptions> of(Directives set) {
    Optional<String> store = set.one(Directive.CLUSTER_STORE);
    String advertise = set.one(Directive.CLUSTER_ADVERTISE).orElse("");
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : set.all(Directive.CLUSTER_OPTION)) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new InvalidArgument("invalid cluster-store-opt \"" + option + "\": write name=value");
      }
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    if (store.isEmpty() && !(advertise.isEmpty() && options.isEmpty())) {
      throw new InvalidArgument(
          "--cluster-advertise and --cluster-store-opt go with a --cluster-store");
    }
    return store.map(url -> new ClusterOptions(url, advertise, options));
  }
}

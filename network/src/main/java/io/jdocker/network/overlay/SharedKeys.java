package io.jdocker.network.overlay;

import io.jdocker.network.Ipv4;

/**
 * Where the networks that this engine shares with others of its kind stand in the store: beside
 * flannel's keys, which flannel does not look at.
 *
 * <pre>
 * PATH/jdocker/networks/NAME               the definition
 * PATH/jdocker/endpoints/NETWORKID/ADDRESS who has the address
 * PATH/jdocker/epoch                       written with each definition, so that two never collide
 * </pre>
 *
 * @param path flannel's, without a slash at its end
 */
record SharedKeys(String path) {
  /** What all of them begin with. */
  String root() {
    return path + "/jdocker/";
  }

  String networks() {
    return root() + "networks/";
  }

  String network(String name) {
    return networks() + name;
  }

  String endpoints() {
    return root() + "endpoints/";
  }

  String endpoints(String networkId) {
    return endpoints() + networkId + "/";
  }

  String endpoint(String networkId, Ipv4 address) {
    return endpoints(networkId) + address;
  }

  String epoch() {
    return root() + "epoch";
  }

  String flannelConfig() {
    return path + "/config";
  }
}

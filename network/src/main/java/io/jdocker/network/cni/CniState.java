package io.jdocker.network.cni;

/**
 * What must be known to take a container off a CNI network, whatever became of the configuration.
 *
 * @param namespace path of the container's network namespace
 * @param link what the link in it is called
 * @param list the plugin list as it was
 * @param result what the last plugin answered; empty text before that
 */
record CniState(String containerId, String namespace, String link, String list, String result) {
  CniState with(String answer) {
    return new CniState(containerId, namespace, link, list, answer);
  }
}

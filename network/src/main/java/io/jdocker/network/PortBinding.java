package io.jdocker.network;

/**
 * A published port.
 *
 * @param hostAddress the host's address: {@code 0.0.0.0}, {@code 127.0.0.1}, {@code ::}
 */
public record PortBinding(Port container, String hostAddress, int hostPort) {
  /** True where the relay serves the port: firewall rules of ours are for IPv4. */
  public boolean isIpv6() {
    return hostAddress.indexOf(':') >= 0;
  }
}

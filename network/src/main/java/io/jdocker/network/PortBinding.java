package io.jdocker.network;

/**
 * A published port.
 *
 * <p>On a routed network nothing of the host stands for it: then the address is that of every host
 * ({@code 0.0.0.0} or {@code ::}) and the port 0.
 *
 * @param hostAddress the host's address: {@code 0.0.0.0}, {@code 127.0.0.1}, {@code ::}
 */
public record PortBinding(Port container, String hostAddress, int hostPort) {
  /** The port of a container that is reached at its own address only. */
  public static PortBinding routed(Port container, Family family) {
    return new PortBinding(container, family == Family.IPV4 ? "0.0.0.0" : "::", 0);
  }

  /** True where the container's own address is the only way in. */
  public boolean isRouted() {
    return hostPort == 0;
  }

  /** True where a packet to that port of the host can be sent on by rules: from ::1 it cannot. */
  public boolean isTranslated() {
    return hostPort > 0 && !hostAddress.equals("::1");
  }

  public boolean isIpv6() {
    return hostAddress.indexOf(':') >= 0;
  }
}

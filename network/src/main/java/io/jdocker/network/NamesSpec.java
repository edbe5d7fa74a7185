package io.jdocker.network;

import java.nio.file.Path;
import java.util.List;

/**
 * What goes into a container's /etc/hosts, /etc/hostname and /etc/resolv.conf, and where the three
 * files lie on the host ({@code hosts}, {@code hostname}, {@code resolv.conf}).
 *
 * @param directory an existing folder, which the caller removes with the container
 * @param hostname without the domain
 * @param domainname empty text for none
 * @param extraHosts {@code --add-host}: {@code NAME:ADDRESS}; the address {@code host-gateway}
 *     stands for the bridge's
 * @param dns {@code --dns}; empty for the host's name servers
 * @param dnsSearch {@code --dns-search}; a single dot for none at all
 * @param dnsOptions {@code --dns-option}
 */
public record NamesSpec(
    Path directory,
    String hostname,
    String domainname,
    List<String> extraHosts,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions) {
  public NamesSpec {
    extraHosts = List.copyOf(extraHosts);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOptions = List.copyOf(dnsOptions);
  }

  /** Nothing but a host name. */
  public static NamesSpec of(Path directory, String hostname) {
    return new NamesSpec(directory, hostname, "", List.of(), List.of(), List.of(), List.of());
  }
}

package io.jdocker.network.etcd;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one member of the cluster listens for clients.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param tls true where it speaks TLS
 */
public record EtcdEndpoint(String host, int port, boolean tls) {
  private static final int DEFAULT_PORT = 2379;
  private static final int LAST_PORT = 65535;

  /**
   * Reads {@code etcd://HOST[:PORT][,HOST[:PORT]...]}, or {@code etcds://} for TLS.
   *
   * @throws InvalidArgument naming what is wrong
   */
  public static List<EtcdEndpoint> parse(String store) {
    boolean tls = store.startsWith("etcds://");
    if (!tls && !store.startsWith("etcd://")) {
      throw invalid(store, "it begins with neither etcd:// nor etcds://");
    }
    String members = store.substring(store.indexOf("//") + 2);
    int path = members.indexOf('/');
    if (path >= 0) {
      throw invalid(
          store, "a path is chosen with --cluster-store-opt kv.path=" + members.substring(path));
    }
    List<EtcdEndpoint> endpoints = new ArrayList<>();
    for (String member : members.split(",", -1)) {
      endpoints.add(member(store, member, tls));
    }
    return List.copyOf(endpoints);
  }

  private static EtcdEndpoint member(String store, String member, boolean tls) {
    int bracket = member.indexOf(']');
    int colon = member.indexOf(':', Math.max(bracket, 0));
    String name = colon < 0 ? member : member.substring(0, colon);
    String host = bracket > 0 && name.startsWith("[") ? name.substring(1, bracket) : name;
    if (host.isEmpty() || !host.matches("[0-9a-zA-Z:._-]+")) {
      throw invalid(store, "\"" + member + "\" is no HOST:PORT");
    }
    return new EtcdEndpoint(host, colon < 0 ? DEFAULT_PORT : port(store, member, colon), tls);
  }

  private static int port(String store, String member, int colon) {
    String text = member.substring(colon + 1);
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > LAST_PORT) {
      throw invalid(store, "\"" + text + "\" is no port");
    }
    return port;
  }

  private static InvalidArgument invalid(String store, String reason) {
    return new InvalidArgument("invalid cluster store \"" + store + "\": " + reason);
  }

  /** {@code HOST:PORT}, an IPv6 address in brackets. */
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "etcds://" : "etcd://") + authority();
  }
}

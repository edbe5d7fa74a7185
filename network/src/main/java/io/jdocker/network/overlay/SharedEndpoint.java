package io.jdocker.network.overlay;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * A container's place on a network of several hosts.
 *
 * @param host the host it runs on
 * @param container its id; empty text while the address is but taken
 * @param endpoint the endpoint's id
 * @param mac empty while the address is but taken
 * @param names as others may call it, its own name first
 */
public record SharedEndpoint(
    String networkId,
    Ipv4 address,
    Ipv4 host,
    String container,
    String endpoint,
    Optional<MacAddress> mac,
    List<String> names) {
  public SharedEndpoint {
    names = List.copyOf(names);
  }

  /** The JSON. */
  private static final class Document {
    String Host;
    String Container = "";
    String Endpoint = "";
    String MAC;
    List<String> Names = List.of();
  }

  /** An address that is taken, for whom will be said later. */
  static SharedEndpoint claim(String networkId, Ipv4 address, Ipv4 host) {
    return new SharedEndpoint(networkId, address, host, "", "", Optional.empty(), List.of());
  }

  /** The same on that host. */
  SharedEndpoint at(Ipv4 other) {
    return new SharedEndpoint(networkId, address, other, container, endpoint, mac, names);
  }

  String value() {
    Document document = new Document();
    document.Host = host.toString();
    document.Container = container;
    document.Endpoint = endpoint;
    document.MAC = mac.map(MacAddress::toString).orElse(null);
    document.Names = names;
    return new Gson().toJson(document);
  }

  /**
   * Reads what a host has written.
   *
   * @param place the key behind {@code endpoints/}
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static SharedEndpoint parse(String place, String value) {
    int slash = place.indexOf('/');
    Ipv4 address =
        Ipv4.parse(place.substring(slash + 1))
            .orElseThrow(() -> new IllegalArgumentException("its key names no address"));
    try {
      Document read = new Gson().fromJson(value, Document.class);
      Ipv4 host =
          Optional.ofNullable(read)
              .flatMap(d -> Optional.ofNullable(d.Host))
              .flatMap(Ipv4::parse)
              .orElseThrow(() -> new IllegalArgumentException("it names no Host"));
      Optional<MacAddress> mac = Optional.ofNullable(read.MAC).map(SharedEndpoint::mac);
      if (read.Names == null || read.Container == null || read.Endpoint == null) {
        throw new IllegalArgumentException("a part of it is null");
      }
      return new SharedEndpoint(
          place.substring(0, Math.max(slash, 0)),
          address,
          host,
          read.Container,
          read.Endpoint,
          mac,
          read.Names);
    } catch (JsonParseException | NullPointerException e) { // a null among the names
      throw new IllegalArgumentException("it is not JSON as jdocker writes it", e);
    }
  }

  private static MacAddress mac(String text) {
    return MacAddress.parse(text)
        .filter(MacAddress::isUnicast)
        .orElseThrow(() -> new IllegalArgumentException("MAC \"" + text + "\" is no container's"));
  }
}

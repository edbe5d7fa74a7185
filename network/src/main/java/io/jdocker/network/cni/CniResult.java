package io.jdocker.network.cni;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.network.Cidr;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Endpoint;
import io.jdocker.network.EndpointIpv6;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what plugins answer into an endpoint. */
final class CniResult {
  private final JsonObject result;

  private CniResult(JsonObject result) {
    this.result = result;
  }

  /** Reads an answer that is known to be a JSON object. */
  static CniResult parse(String text) {
    return new CniResult(JsonParser.parseString(text).getAsJsonObject());
  }

  /** The endpoint with the addresses that the plugins gave. */
  Endpoint applyTo(Endpoint endpoint) {
    try {
      requireAddresses();
      Optional<Cidr> four = address(text -> Cidr.parse(text));
      Optional<Cidr6> six = address(text -> Cidr6.parse(text));
      return new Endpoint(
          endpoint.id(),
          endpoint.networkId(),
          endpoint.networkName(),
          endpoint.link(),
          "",
          four,
          six.map(a -> new EndpointIpv6(a, gateway(t -> Ipv6.parse(t)), hasRoute("::/0"), false)),
          gateway(t -> Ipv4.parse(t)),
          mac(),
          hasRoute("0.0.0.0/0"),
          false,
          endpoint.aliases(),
          endpoint.bandwidth());
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new SystemFailure(
          "the CNI plugins' result is not as the specification has it: " + result, e);
    }
  }

  private interface Reader<T> {
    Optional<T> read(String text);
  }

  /** Without this an address of neither family would be no address, and nobody were told. */
  private void requireAddresses() {
    boolean subnets =
        texts("ips", "address").stream()
            .allMatch(t -> Cidr.parse(t).isPresent() || Cidr6.parse(t).isPresent());
    boolean gateways =
        texts("ips", "gateway").stream()
            .allMatch(t -> t.isEmpty() || Ipv4.parse(t).isPresent() || Ipv6.parse(t).isPresent());
    if (!subnets || !gateways) {
      throw new IllegalStateException("ips has what is no address");
    }
  }

  private <T> Optional<T> address(Reader<T> reader) {
    return texts("ips", "address").stream().flatMap(t -> reader.read(t).stream()).findFirst();
  }

  private <T> Optional<T> gateway(Reader<T> reader) {
    return texts("ips", "gateway").stream().flatMap(t -> reader.read(t).stream()).findFirst();
  }

  private boolean hasRoute(String destination) {
    return texts("routes", "dst").contains(destination);
  }

  /** Of the link inside: those on the host name no sandbox. */
  private Optional<MacAddress> mac() {
    for (JsonObject link : objects("interfaces")) {
      if (link.has("sandbox") && !link.get("sandbox").getAsString().isEmpty() && link.has("mac")) {
        return MacAddress.parse(link.get("mac").getAsString());
      }
    }
    return Optional.empty();
  }

  private List<String> texts(String list, String key) {
    return objects(list).stream()
        .filter(o -> o.has(key) && !o.get(key).isJsonNull())
        .map(o -> o.get(key).getAsString())
        .toList();
  }

  private List<JsonObject> objects(String key) {
    JsonElement list = result.get(key);
    List<JsonObject> objects = new ArrayList<>();
    JsonArray all = list == null || list.isJsonNull() ? new JsonArray() : list.getAsJsonArray();
    all.forEach(element -> objects.add(element.getAsJsonObject()));
    return objects;
  }
}

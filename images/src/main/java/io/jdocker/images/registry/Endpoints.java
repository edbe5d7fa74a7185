package io.jdocker.images.registry;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the ways to a registry. Thread-safe. */
final class Endpoints {
  static final String HUB = "docker.io";

  private static final URI HUB_API = URI.create("https://registry-1.docker.io");

  private final RegistryOptions options;
  private final InsecureRegistries insecure;
  private final HttpTransport transport;

  /** What has answered before: asked once in a process. */
  private final ConcurrentMap<String, Endpoint> found = new ConcurrentHashMap<>();

  Endpoints(RegistryOptions options, HttpTransport transport) {
    this.options = options;
    this.insecure = new InsecureRegistries(options.insecure());
    this.transport = transport;
  }

  /** Where to read: Docker Hub's mirrors first. */
  List<Endpoint> toPull(String domain) throws IOException {
    List<Endpoint> endpoints = new ArrayList<>();
    if (domain.equals(HUB)) {
      for (URI mirror : options.mirrors()) {
        String base = mirror.toString().replaceAll("/+$", "");
        boolean verified = !insecure.covers(Authority.of(mirror));
        endpoints.add(new Endpoint(URI.create(base), verified, true));
      }
    }
    endpoints.add(toPush(domain));
    return endpoints;
  }

  /** Where to write, and to log in. */
  Endpoint toPush(String domain) throws IOException {
    if (domain.equals(HUB)) {
      return new Endpoint(HUB_API, true, false);
    }
    Endpoint known = found.get(domain);
    if (known == null) {
      known = find(domain);
      found.put(domain, known);
    }
    return known;
  }

  /** The host of a reference was checked with it; that of a login is as somebody typed it. */
  private static URI address(String scheme, Authority authority) {
    try {
      return URI.create(scheme + "://" + authority);
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument("\"" + authority + "\" is no address of a registry", e);
    }
  }

  private Endpoint find(String domain) throws IOException {
    Authority authority = Authority.parse(domain);
    boolean isInsecure = insecure.covers(authority);
    Endpoint https = new Endpoint(address("https", authority), !isInsecure, false);
    if (!isInsecure) {
      return https;
    }
    Endpoint http = new Endpoint(address("http", authority), false, false);
    // Nothing secret is sent to find out. What never leaves the machine is most likely plain, and
    // TLS costs 200 ms to load; anything else must not be led to plain HTTP by who sits between.
    Endpoint first = authority.isLoopback() ? http : https;
    Endpoint second = authority.isLoopback() ? https : http;
    try {
      if (transport.speaksRegistry(first)) {
        return first;
      }
    } catch (ConnectException e) {
      // Nobody listens on that port; with another default port somebody may.
      if (authority.port() >= 0) {
        throw e;
      }
    } catch (IOException e) {
      // The other scheme's server does not understand the first one's greeting.
      return second;
    }
    return second;
  }
}

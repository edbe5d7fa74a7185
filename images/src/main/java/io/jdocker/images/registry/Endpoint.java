package io.jdocker.images.registry;

import java.net.URI;

/**
 * One way to a registry.
 *
 * @param base scheme, host and port, and for some mirrors a path; without a final slash
 * @param verified whether its certificate must be valid
 * @param mirror whether it stands for another registry, and gets no credentials of that one
 */
record Endpoint(URI base, boolean verified, boolean mirror) {
  /** An address of the API: {@code /v2/} and what follows. */
  URI resolve(String path) {
    return URI.create(base + path);
  }

  /** Whether a request there stays with this registry: only then it may carry credentials. */
  boolean isHome(URI uri) {
    return uri.getScheme().equalsIgnoreCase(base.getScheme())
        && Authority.of(uri).equals(Authority.of(base));
  }
}

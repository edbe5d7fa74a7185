package io.jdocker.images.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How registries are reached.
 *
 * @param mirrors asked before Docker Hub, in order
 * @param insecure registries without a valid certificate: host, host:port or network
 * @param certificates folder with one folder a registry, {@code HOST:PORT/{ca.crt,client.cert,
 *     client.key}}
 * @param environment HTTP_PROXY, HTTPS_PROXY and NO_PROXY in either case
 * @param retry how often and how patiently
 */
public record RegistryOptions(
    List<URI> mirrors,
    List<String> insecure,
    Path certificates,
    Map<String, String> environment,
    RetryPolicy retry) {
  private static final Path CERTIFICATES = Path.of("/etc/docker/certs.d");

  public RegistryOptions {
    mirrors = List.copyOf(mirrors);
    insecure = List.copyOf(insecure);
    environment = Map.copyOf(environment);
    // Refused at start, not at the first pull.
    new InsecureRegistries(insecure);
  }

  /** The usual ones, with the proxies of that environment. */
  public static RegistryOptions standard(Map<String, String> environment) {
    return new RegistryOptions(
        List.of(), List.of(), CERTIFICATES, environment, RetryPolicy.standard());
  }

  public RegistryOptions withMirrors(List<URI> others) {
    return new RegistryOptions(others, insecure, certificates, environment, retry);
  }

  public RegistryOptions withInsecure(List<String> others) {
    return new RegistryOptions(mirrors, others, certificates, environment, retry);
  }

  public RegistryOptions withCertificates(Path folder) {
    return new RegistryOptions(mirrors, insecure, folder, environment, retry);
  }

  public RegistryOptions withRetry(RetryPolicy other) {
    return new RegistryOptions(mirrors, insecure, certificates, environment, other);
  }
}

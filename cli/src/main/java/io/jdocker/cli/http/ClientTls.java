package io.jdocker.cli.http;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How TCP is to be made safe, as Docker's flags and variables have it. Plain values: the JDK's TLS
 * is loaded when a connection needs it.
 *
 * @param enabled false: plain TCP
 * @param verified the engine must show a certificate that the authority has signed for its name
 * @param authority {@code ca.pem}
 * @param certificate {@code cert.pem}, shown where it exists
 * @param key {@code key.pem}
 */
public record ClientTls(
    boolean enabled, boolean verified, Path authority, Path certificate, Path key) {

  /** What the variables say: DOCKER_TLS, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH. */
  public static ClientTls of(Map<String, String> environment) {
    boolean verified = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
    boolean enabled = verified || !environment.getOrDefault("DOCKER_TLS", "").isEmpty();
    String folder = environment.getOrDefault("DOCKER_CERT_PATH", "");
    Path files =
        folder.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/root"), ".docker")
            : Path.of(folder);
    return new ClientTls(
        enabled,
        verified,
        files.resolve("ca.pem"),
        files.resolve("cert.pem"),
        files.resolve("key.pem"));
  }

  /** With a flag: {@code tls}, {@code tlsverify}, or a file's. Any of them means TLS. */
  public ClientTls with(String flag, String value) {
    boolean on = Optional.of(value).filter(v -> !v.equals("false") && !v.equals("0")).isPresent();
    return switch (flag) {
      case "tls" -> new ClientTls(on, verified, authority, certificate, key);
      case "tlsverify" -> new ClientTls(on || enabled, on, authority, certificate, key);
      case "tlscacert" -> new ClientTls(enabled, verified, Path.of(value), certificate, key);
      case "tlscert" -> new ClientTls(enabled, verified, authority, Path.of(value), key);
      case "tlskey" -> new ClientTls(enabled, verified, authority, certificate, Path.of(value));
      default -> throw new IllegalArgumentException("no flag of TLS: " + flag);
    };
  }
}

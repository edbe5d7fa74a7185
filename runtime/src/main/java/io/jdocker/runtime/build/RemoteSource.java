package io.jdocker.runtime.build;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** What ADD fetches by its address. */
final class RemoteSource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RemoteSource() {}

  static boolean isAddress(String source) {
    return source.startsWith("http://") || source.startsWith("https://");
  }

  /** Refuses repositories, which would need git. */
  static void refuseGit(String source) {
    boolean git =
        source.startsWith("git@")
            || source.startsWith("git://")
            || source.startsWith("ssh://")
            || (isAddress(source) && source.replaceFirst("#.*", "").endsWith(".git"));
    if (git) {
      throw new Unsupported("ADD of a git repository is not supported: " + source);
    }
  }

  /**
   * The name that the file gets in a folder.
   *
   * @throws InvalidArgument when the address has none
   */
  static String name(String address) {
    String path = URI.create(address).getPath();
    String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty()) {
      throw new InvalidArgument("cannot determine filename for source " + address);
    }
    return name;
  }

  /**
   * Fetches it.
   *
   * @param checksum {@code sha256:..}; empty: not checked
   */
  static void fetch(String address, String checksum, Path file) {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    MessageDigest hash = sha256();
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = new DigestInputStream(answer.body(), hash)) {
        if (answer.statusCode() != 200) {
          throw new InvalidArgument(
              "ADD failed: " + address + " answered with status " + answer.statusCode());
        }
        Files.copy(body, file);
      }
    } catch (IOException e) {
      throw new Unavailable("ADD failed: cannot fetch " + address + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailure("interrupted while fetching " + address, e);
    }
    String found = "sha256:" + HexFormat.of().formatHex(hash.digest());
    if (!checksum.isEmpty() && !checksum.equals(found)) {
      throw new InvalidArgument("digest mismatch " + found + ": " + checksum);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

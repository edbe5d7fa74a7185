package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import java.util.Locale;

/** Image names as typed: repository, tag, digest. */
public final class ImageName {
  private static final String DOMAIN = "docker.io/";
  private static final String LIBRARY = DOMAIN + "library/";

  private ImageName() {}

  /**
   * Refuses what can be no name.
   *
   * @throws CommandFailure with docker's words
   */
  public static void check(String name) {
    String repository = repository(name);
    boolean isHex = name.matches("[0-9a-f]{64}");
    int slash = repository.indexOf('/');
    String path = isDomain(repository, slash) ? repository.substring(slash + 1) : repository;
    if (!isHex && !path.equals(path.toLowerCase(Locale.ROOT))) {
      String full = slash < 0 ? "library/" + path : path;
      throw new CommandFailure(
          "invalid reference format: repository name (" + full + ") must be lowercase");
    }
    if (!path.matches("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*")
        || !tagOrDigest(name).matches("[A-Za-z0-9_][A-Za-z0-9_.:+-]*")) {
      throw new CommandFailure("invalid reference format");
    }
  }

  /** Whether what stands before the first slash is a registry. */
  private static boolean isDomain(String repository, int slash) {
    if (slash < 0) {
      return false;
    }
    String first = repository.substring(0, slash);
    return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
  }

  /** What stands before the tag or digest. */
  public static String repository(String name) {
    int at = name.indexOf('@');
    String rest = at < 0 ? name : name.substring(0, at);
    int colon = rest.lastIndexOf(':');
    return colon > rest.lastIndexOf('/') ? rest.substring(0, colon) : rest;
  }

  /** The tag, {@code latest} when none is given; the digest where there is one. */
  public static String tagOrDigest(String name) {
    int at = name.indexOf('@');
    if (at >= 0) {
      return name.substring(at + 1);
    }
    String repository = repository(name);
    return name.length() > repository.length() ? name.substring(repository.length() + 1) : "latest";
  }

  /** In full: {@code docker.io/library/busybox:latest}. */
  public static String full(String name) {
    return fullRepository(name) + (name.indexOf('@') >= 0 ? "@" : ":") + tagOrDigest(name);
  }

  /** The repository in full: {@code docker.io/library/busybox}. */
  public static String fullRepository(String name) {
    String repository = repository(name);
    if (isDomain(repository, repository.indexOf('/'))) {
      return repository;
    }
    return (repository.indexOf('/') < 0 ? LIBRARY : DOMAIN) + repository;
  }

  /** As docker shows it: tag added, the default registry left out. */
  public static String familiar(String name) {
    String repository = repository(name);
    if (repository.startsWith(LIBRARY)) {
      repository = repository.substring(LIBRARY.length());
    } else if (repository.startsWith(DOMAIN)) {
      repository = repository.substring(DOMAIN.length());
    }
    return repository + (name.indexOf('@') >= 0 ? "@" : ":") + tagOrDigest(name);
  }
}

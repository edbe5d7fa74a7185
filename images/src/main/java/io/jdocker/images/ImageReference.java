package io.jdocker.images;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, {@code [host[:port]/]path[:tag][@digest]}, in full: {@code busybox} is
 * {@code docker.io/library/busybox}.
 *
 * @param domain the registry, {@code docker.io} unless named
 * @param path the repository within it, {@code library/busybox}
 * @param tag as typed; {@link #withDefaultTag} adds {@code latest}
 * @param digest of the manifest
 */
public record ImageReference(
    String domain, String path, Optional<String> tag, Optional<Digest> digest) {
  /** The tag of a reference that names none. */
  public static final String DEFAULT_TAG = "latest";

  private static final String DEFAULT_DOMAIN = "docker.io";
  private static final String LEGACY_DOMAIN = "index.docker.io";
  private static final String OFFICIAL = "library/";
  private static final int MAX_NAME = 255;

  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
  private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final Pattern DOMAIN =
      Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
  private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}");
  private static final Pattern BARE_ID = Pattern.compile("[a-f0-9]{64}");
  private static final Pattern WHOLE =
      Pattern.compile("(?<name>.+?)(?::(?<tag>[^:/@]*))?(?:@(?<digest>[^@]*))?");

  /**
   * Reads a reference with Docker's rules.
   *
   * @throws InvalidArgument with Docker's wording
   */
  public static ImageReference parse(String text) {
    if (BARE_ID.matcher(text).matches()) {
      throw invalid(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw invalid("invalid reference format");
    }
    String name = whole.group("name");
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasDomain = namesHost(first);
    String domain = hasDomain ? first : DEFAULT_DOMAIN;
    String path = hasDomain ? name.substring(slash + 1) : name;
    if (domain.equals(LEGACY_DOMAIN)) {
      domain = DEFAULT_DOMAIN;
    }
    if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
      path = OFFICIAL + path;
    }
    check(domain, path);
    Optional<String> tag = Optional.ofNullable(whole.group("tag"));
    Optional<String> digest = Optional.ofNullable(whole.group("digest"));
    if (tag.filter(t -> !TAG.matcher(t).matches()).isPresent()
        || digest.filter(d -> !DIGEST.matcher(d).matches()).isPresent()) {
      throw invalid("invalid reference format");
    }
    return new ImageReference(domain, path, tag, digest.map(Digest::parse));
  }

  /** A first component is a host when it could not be a Docker Hub user: dot, port, localhost. */
  private static boolean namesHost(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static void check(String domain, String path) {
    if (!path.equals(path.toLowerCase(Locale.ROOT))) {
      throw invalid("invalid reference format: repository name (" + path + ") must be lowercase");
    }
    // Before the patterns, which take a stack frame for each part of a name.
    if (domain.length() + 1 + path.length() > MAX_NAME) {
      throw invalid("repository name must not be more than " + MAX_NAME + " characters");
    }
    if (!DOMAIN.matcher(domain).matches() || !PATH.matcher(path).matches()) {
      throw invalid("invalid reference format");
    }
  }

  private static InvalidArgument invalid(String message) {
    return new InvalidArgument(message);
  }

  /** With {@code :latest} where neither tag nor digest is named. */
  public ImageReference withDefaultTag() {
    return tag.isPresent() || digest.isPresent() ? this : withTag(DEFAULT_TAG);
  }

  /** The same repository with that tag and no digest. */
  public ImageReference withTag(String newTag) {
    if (!TAG.matcher(newTag).matches()) {
      throw invalid("invalid tag format");
    }
    return new ImageReference(domain, path, Optional.of(newTag), Optional.empty());
  }

  /** The same repository with that digest and no tag. */
  public ImageReference withDigest(Digest newDigest) {
    return new ImageReference(domain, path, Optional.empty(), Optional.of(newDigest));
  }

  /** Name and digest in full: {@code docker.io/library/busybox@sha256:..}. */
  String repoDigest() {
    return name() + "@" + digest.orElseThrow();
  }

  /** Domain and path: {@code docker.io/library/busybox}. */
  public String name() {
    return domain + '/' + path;
  }

  /** The name as people type it: {@code busybox}. */
  public String familiarName() {
    if (!domain.equals(DEFAULT_DOMAIN)) {
      return name();
    }
    boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
    return official ? path.substring(OFFICIAL.length()) : path;
  }

  /** The reference as people type it: {@code busybox:latest}. */
  public String familiar() {
    return familiarName() + suffix();
  }

  /** In full: {@code docker.io/library/busybox:latest}. */
  @Override
  public String toString() {
    return name() + suffix();
  }

  private String suffix() {
    return tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }
}

package io.jdocker.images;

import java.util.List;
import java.util.Set;

/** The names of the documents that describe an image, in Docker's and in OCI's words. */
public final class MediaTypes {
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

  /** What a manifest may be, the preferred kinds first: to be sent as Accept. */
  public static final List<String> ACCEPTED =
      List.of(OCI_INDEX, DOCKER_INDEX, OCI_MANIFEST, DOCKER_MANIFEST);

  private static final Set<String> INDEXES = Set.of(DOCKER_INDEX, OCI_INDEX);
  private static final Set<String> MANIFESTS = Set.of(DOCKER_MANIFEST, OCI_MANIFEST);
  private static final Set<String> CONFIGS = Set.of(DOCKER_CONFIG, OCI_CONFIG);

  private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";

  private MediaTypes() {}

  /** A list of manifests, one a platform. */
  public static boolean isIndex(String type) {
    return INDEXES.contains(type);
  }

  /** The manifest of one image. */
  public static boolean isManifest(String type) {
    return MANIFESTS.contains(type);
  }

  /** An image's configuration, not an artifact's. */
  public static boolean isConfig(String type) {
    return CONFIGS.contains(type);
  }

  /** The form before Docker 1.10. */
  static boolean isSchema1(String type) {
    return type.startsWith(SCHEMA_1);
  }
}

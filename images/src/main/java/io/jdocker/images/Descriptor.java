package io.jdocker.images;

import java.util.Map;
import java.util.Optional;

/**
 * What points at a blob or manifest (OCI image-spec descriptor.md).
 *
 * @param size bytes, exactly
 * @param annotations empty where there are none
 * @param platform empty where the entry names none
 */
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    Map<String, String> annotations,
    Optional<Platform> platform) {
  private static final String ATTESTATION = "vnd.docker.reference.type";

  /** Points at some content of a type. */
  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Map.of(), Optional.empty());
  }

  static Descriptor read(JsonDocument document) {
    long size = document.number("size").orElse(-1L);
    if (size < 0) {
      throw new io.jdocker.linux.failure.InvalidArgument(document.name() + " has no size");
    }
    return new Descriptor(
        document.text("mediaType"),
        Digest.parse(document.required("digest")),
        size,
        document.map("annotations"),
        document.document("platform").map(Descriptor::platform));
  }

  private static Platform platform(JsonDocument platform) {
    return new Platform(
        platform.text("os"), platform.text("architecture"), platform.text("variant"));
  }

  /** What BuildKit says about an image beside it: provenance and parts, no image to run. */
  public boolean isAttestation() {
    return annotations.containsKey(ATTESTATION)
        || platform.filter(p -> p.os().equals("unknown")).isPresent();
  }
}

package io.jdocker.images;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image of the store, as it was when asked for. Immutable.
 *
 * @param id digest of its configuration
 * @param repoTags familiar names, {@code busybox:latest}, sorted
 * @param repoDigests {@code repository@sha256:..}, for what came from a registry
 * @param size bytes of the files in all layers
 * @param created when it was made; {@link #NEVER} where the image does not say
 * @param lastTagTime when it got a name last
 * @param chainIds keys of its unpacked layers, base first
 */
public record Image(
    Digest id,
    ImageConfig config,
    List<String> repoTags,
    List<String> repoDigests,
    long size,
    Instant created,
    Optional<Instant> lastTagTime,
    List<Digest> chainIds) {
  /** Docker's zero time. */
  public static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  /** True when no tag leads to it; a digest alone does not count, as with Docker. */
  public boolean dangling() {
    return repoTags.isEmpty();
  }
}

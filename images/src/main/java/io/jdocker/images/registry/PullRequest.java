package io.jdocker.images.registry;

import io.jdocker.images.ImageReference;
import io.jdocker.images.Platform;
import java.util.Optional;

/**
 * What to pull.
 *
 * @param platform empty for this machine's
 */
public record PullRequest(
    ImageReference reference, Optional<Platform> platform, Credentials credentials) {
  /** For this machine, by nobody in particular. */
  public static PullRequest of(String reference) {
    return new PullRequest(
        ImageReference.parse(reference), Optional.empty(), new Credentials.Anonymous());
  }
}

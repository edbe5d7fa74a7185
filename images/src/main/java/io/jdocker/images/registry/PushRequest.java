package io.jdocker.images.registry;

import io.jdocker.images.ImageReference;

/**
 * What to push.
 *
 * @param reference a tag; a repository alone means all its tags
 */
public record PushRequest(ImageReference reference, Credentials credentials) {
  /** By nobody in particular. */
  public static PushRequest of(String reference) {
    return new PushRequest(ImageReference.parse(reference), new Credentials.Anonymous());
  }
}

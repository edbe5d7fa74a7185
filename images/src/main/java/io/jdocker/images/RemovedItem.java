package io.jdocker.images;

/** One line of what a removal did, as {@code docker rmi} prints them. */
public sealed interface RemovedItem {
  /** A name that leads nowhere now: {@code busybox:latest}. */
  record Untagged(String reference) implements RemovedItem {}

  /** An image or layer that is gone. */
  record Deleted(Digest digest) implements RemovedItem {}
}

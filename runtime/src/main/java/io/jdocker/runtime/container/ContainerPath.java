package io.jdocker.runtime.container;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of a container, as texts: they are no paths of the host and must never be used as such. */
final class ContainerPath {
  private ContainerPath() {}

  /** The absolute path without empty, "." and ".." components. */
  static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }
}

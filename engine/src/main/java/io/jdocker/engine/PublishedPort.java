package io.jdocker.engine;

/**
 * A port of a container that the host forwards to.
 *
 * @param hostAddress address of the host it is reached at; in a request, empty for every address
 * @param hostPort in a request, 0 for any free one
 */
public record PublishedPort(Port container, String hostAddress, int hostPort) {
  /** On every address of the host, on a free port. */
  public static PublishedPort anywhere(Port container) {
    return new PublishedPort(container, "", 0);
  }
}

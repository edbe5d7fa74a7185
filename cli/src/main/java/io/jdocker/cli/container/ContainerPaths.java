package io.jdocker.cli.container;

import io.jdocker.cli.http.Query;

/** The API's paths of one container. */
final class ContainerPaths {
  private ContainerPaths() {}

  /** {@code /containers/NAME/action}. */
  static Query of(String container, String action) {
    return Query.of("/containers/", container, "/" + action);
  }
}

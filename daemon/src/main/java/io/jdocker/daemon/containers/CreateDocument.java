package io.jdocker.daemon.containers;

import io.jdocker.daemon.json.Embedded;
import java.util.Map;

/** The body of {@code POST /containers/create}. */
record CreateDocument(
    @Embedded ConfigDocument config,
    HostConfigDocument hostConfig,
    NetworkingConfigDocument networkingConfig) {

  /** Endpoints by network name or id. The docker command calls the default network "default". */
  record NetworkingConfigDocument(Map<String, EndpointDocument> endpointsConfig) {}
}

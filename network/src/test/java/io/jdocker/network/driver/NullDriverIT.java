package io.jdocker.network.driver;

import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class NullDriverIT extends DriverContract {
  @Override
  Driver create() {
    return new NullDriver("null");
  }

  @Override
  void destroy() {}

  @Override
  Network network() {
    return new Network(
        "n1",
        "none",
        "null",
        Instant.EPOCH,
        Optional.empty(),
        "",
        false,
        false,
        Map.of(),
        Map.of());
  }

  @Override
  Endpoint endpoint() {
    return new Endpoint(
        "e1",
        "n1",
        "none",
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of());
  }
}

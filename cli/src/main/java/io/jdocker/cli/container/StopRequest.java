package io.jdocker.cli.container;

import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;

/** How {@code stop} and {@code restart} are told to end a container. */
final class StopRequest {
  private StopRequest() {}

  static FlagTable flags() {
    return new FlagTable()
        .add(FlagKind.STRING, 's', "signal", "Signal to send to the container")
        .addWithAlias(
            FlagKind.INT, 't', "timeout", "time", "Seconds to wait before killing the container");
  }

  /** The request for one container. */
  static Query of(String container, String action, Parsed line) {
    return ContainerPaths.of(container, action)
        .with("signal", line.text("signal"))
        .with("t", line.text("timeout"));
  }
}

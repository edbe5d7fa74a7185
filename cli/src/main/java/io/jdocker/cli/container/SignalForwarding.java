package io.jdocker.cli.container;

import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.linux.signal.SignalProxy;
import java.io.IOException;

/** Sends the signals this process gets to a container: {@code --sig-proxy}. */
final class SignalForwarding {
  private final ApiClient api;

  SignalForwarding(ApiClient api) {
    this.api = api.another();
  }

  void toContainer(String container) {
    SignalProxy.forward(signal -> send(container, signal));
  }

  private synchronized void send(String container, String signal) {
    try {
      api.post(ContainerPaths.of(container, "kill").with("signal", signal));
    } catch (IOException | ApiException e) {
      // The container is not running yet or any more. Who waits for it learns the same.
      return;
    }
  }
}

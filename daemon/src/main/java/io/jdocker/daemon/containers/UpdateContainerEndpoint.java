package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.HostConfigDocument.RestartPolicyDocument;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.json.Embedded;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.ContainerUpdate;
import io.jdocker.runtime.spec.RestartPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST /containers/X/update}: limits and restart policy. */
final class UpdateContainerEndpoint implements Handler {
  private final Supplier<Engine> engine;

  UpdateContainerEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The request: what is not set is to stay as it is. */
  record UpdateDocument(
      @Embedded LimitsDocument limits,
      RestartPolicyDocument restartPolicy,
      @Embedded UnsupportedDocument unsupported) {}

  /** The answer. */
  record Updated(List<String> warnings) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    UpdateDocument sent = exchange.body(UpdateDocument.class);
    sent.unsupported().requireUnset();
    RestartPolicyDocument policy = sent.restartPolicy();
    Optional<RestartPolicy> restart =
        policy.name().isEmpty()
            ? Optional.empty()
            : Optional.of(RestartPolicy.parse(policy.name(), policy.maximumRetryCount()));
    List<String> warnings = new ArrayList<>();
    engine
        .get()
        .containers()
        .update(
            exchange.parameter(),
            new ContainerUpdate(sent.limits().limits(), restart),
            warnings::add);
    exchange.json(200, new Updated(warnings));
  }
}

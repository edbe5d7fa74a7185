package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.ConfigDocument.HealthcheckDocument;
import io.jdocker.daemon.json.Words;
import io.jdocker.images.Healthcheck;
import io.jdocker.runtime.container.CommitSettings;
import java.util.List;

/** The body of a commit: a container's Config, of which only what is portable counts. */
final class CommitDocument {
  private CommitDocument() {}

  static CommitSettings settings(ConfigDocument sent) {
    return new CommitSettings(
        sent.user(),
        sent.workingDir(),
        sent.stopSignal(),
        sent.env(),
        sent.entrypoint().map(Words::words),
        sent.cmd().map(Words::words).orElse(List.of()),
        List.copyOf(sent.exposedPorts().keySet()),
        sent.volumes().map(volumes -> List.copyOf(volumes.keySet())).orElse(List.of()),
        sent.labels(),
        sent.onBuild().orElse(List.of()),
        sent.healthcheck().filter(check -> !check.test().isEmpty()).map(CommitDocument::check));
  }

  private static Healthcheck check(HealthcheckDocument sent) {
    return new Healthcheck(
        sent.test(),
        sent.interval(),
        sent.timeout(),
        sent.startPeriod(),
        sent.startInterval(),
        sent.retries());
  }
}

package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.ConfigDocument.HealthcheckDocument;
import io.jdocker.daemon.json.GoSet;
import io.jdocker.daemon.json.Words;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import java.util.Optional;

/** Shows the portable part of a container's specification. */
final class ConfigView {
  private ConfigView() {}

  static ConfigDocument of(Container container) {
    ContainerSpec spec = container.record().spec();
    ProcessSpec process = spec.process();
    boolean hostNames = spec.networking().mode().equals("host");
    return new ConfigDocument(
        spec.hostname().isEmpty() && !hostNames ? container.id().shortForm() : spec.hostname(),
        spec.domainname(),
        process.user(),
        process.attached().contains("stdin"),
        process.attached().contains("stdout"),
        process.attached().contains("stderr"),
        GoSet.of(spec.exposedPorts()),
        process.terminal(),
        process.openStdin(),
        process.stdinOnce(),
        process.environment(),
        process.command().map(Words::new),
        spec.lifecycle().health().map(ConfigView::health),
        false,
        spec.image(),
        spec.anonymousVolumes().isEmpty()
            ? Optional.empty()
            : Optional.of(GoSet.of(spec.anonymousVolumes())),
        process.workingDirectory(),
        process.entrypoint().filter(words -> !words.isEmpty()).map(Words::new),
        false,
        "",
        Optional.empty(),
        spec.labels(),
        spec.lifecycle().stopSignal(),
        spec.lifecycle().stopTimeout(),
        Optional.empty());
  }

  private static HealthcheckDocument health(HealthSpec check) {
    return new HealthcheckDocument(
        check.test(),
        check.interval(),
        check.timeout(),
        check.startPeriod(),
        check.startInterval(),
        check.retries());
  }
}

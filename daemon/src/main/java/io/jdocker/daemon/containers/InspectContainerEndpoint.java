package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.ContainerDocument.GraphDriverDocument;
import io.jdocker.daemon.containers.ContainerDocument.HealthDocument;
import io.jdocker.daemon.containers.ContainerDocument.ProbeDocument;
import io.jdocker.daemon.containers.ContainerDocument.StateDocument;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.images.OverlayMount;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerRecord;
import io.jdocker.runtime.container.ContainerState;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.health.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code GET /containers/X/json?size=1}. */
final class InspectContainerEndpoint implements Handler {
  private final Supplier<Engine> engine;
  private final HostConfigView hostConfig = new HostConfigView();

  InspectContainerEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Container container = engine.get().containers().get(exchange.parameter());
    NetworkView networks =
        new NetworkView(engine.get().networks(), container, !exchange.version().isAtLeast(1, 45));
    exchange.json(200, document(engine.get(), container, exchange.query().flag("size"), networks));
  }

  private ContainerDocument document(
      Engine from, Container container, boolean size, NetworkView networks) {
    ContainerRecord record = container.record();
    List<String> argv = record.spec().process().argv();
    Path folder = from.containers().folder(container);
    List<String> execs = from.containers().execs(container);
    Optional<ContainerSize> sizes =
        size ? Optional.of(ContainerSize.of(from, container)) : Optional.empty();
    return new ContainerDocument(
        container.id().hex(),
        record.created(),
        argv.isEmpty() ? "" : argv.get(0),
        argv.isEmpty() ? List.of() : argv.subList(1, argv.size()),
        state(record.state()),
        record.imageId(),
        file(folder, "resolv.conf"),
        file(folder, "hostname"),
        file(folder, "hosts"),
        logPath(from, container),
        "/" + record.name(),
        record.restartCount(),
        "overlay2",
        "linux",
        "",
        "",
        "",
        execs.isEmpty() ? Optional.empty() : Optional.of(execs),
        hostConfig.of(record.spec()),
        graphDriver(from, container),
        sizes.map(ContainerSize::own),
        sizes.map(ContainerSize::whole),
        MountView.of(record.spec(), from.volumes()),
        ConfigView.of(container),
        networks.settings());
  }

  /** As in Docker, of json-file alone: others are not to be read by anybody else. */
  private static String logPath(Engine from, Container container) {
    return container.record().spec().log().driver().equals("json-file")
        ? from.containers().logFile(container).toString()
        : "";
  }

  private static String file(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? file.toString() : "";
  }

  private static StateDocument state(ContainerState state) {
    Status status = state.status();
    return new StateDocument(
        status.apiName(),
        status.countsAsRunning(),
        status == Status.PAUSED,
        status == Status.RESTARTING,
        state.oomKilled(),
        status == Status.DEAD,
        state.pid(),
        state.exitCode(),
        state.error(),
        state.startedAt(),
        state.finishedAt(),
        state.health().map(InspectContainerEndpoint::health));
  }

  private static HealthDocument health(Health health) {
    return new HealthDocument(
        health.status().apiName(),
        health.failingStreak(),
        health.log().stream()
            .map(p -> new ProbeDocument(p.start(), p.end(), p.exitCode(), p.output()))
            .toList());
  }

  private static GraphDriverDocument graphDriver(Engine from, Container container) {
    Optional<OverlayMount> overlay = from.images().snapshotter().find(container.id().hex());
    return new GraphDriverDocument(overlay.map(InspectContainerEndpoint::folders), "overlay2");
  }

  private static Map<String, String> folders(OverlayMount overlay) {
    Map<String, String> folders = new LinkedHashMap<>();
    folders.put(
        "LowerDir", overlay.lower().stream().map(Path::toString).collect(Collectors.joining(":")));
    folders.put("UpperDir", overlay.upper().toString());
    folders.put("WorkDir", overlay.work().toString());
    return folders;
  }
}

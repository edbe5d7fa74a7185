package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.NameFilter;
import io.jdocker.daemon.http.Query;
import io.jdocker.images.Image;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerRecord;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.MountSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The filters of {@code docker ps}: values of one name are alternatives, but for labels. */
final class ContainerFilter implements Predicate<Container> {
  private static final Set<String> NAMES =
      Set.of(
          "ancestor",
          "before",
          "exited",
          "expose",
          "health",
          "id",
          "is-task",
          "isolation",
          "label",
          "name",
          "network",
          "publish",
          "since",
          "status",
          "volume");

  /** A port or a range, of one protocol. */
  private static final String PORT = "\\d{1,5}(-\\d{1,5})?(/(tcp|udp|sctp))?";

  private static final Set<String> HEALTH = Set.of("none", "starting", "healthy", "unhealthy");

  private final Filters filters;
  private final Engine engine;
  private final NameFilter names;
  private final Optional<Instant> before;
  private final Optional<Instant> since;

  private ContainerFilter(Filters filters, Engine engine) {
    this.filters = filters;
    this.engine = engine;
    this.names = NameFilter.of(filters);
    this.before = created("before");
    this.since = created("since");
    refuse("status", text -> Arrays.stream(Status.values()).anyMatch(isNamed(text)));
    refuse("exited", code -> code.matches("[0-9]{1,3}"));
    refuse("health", HEALTH::contains);
    refuse("publish", port -> port.matches(PORT));
    refuse("expose", port -> port.matches(PORT));
  }

  private static Predicate<Status> isNamed(String text) {
    return status -> status.apiName().equals(text);
  }

  /** A value that is none is an error whatever containers there are. */
  private void refuse(String name, Predicate<String> known) {
    for (String value : filters.get(name)) {
      if (!known.test(value)) {
        throw Filters.invalid(name, value);
      }
    }
  }

  private static String healthOf(ContainerRecord record) {
    return record.state().health().map(health -> health.status().apiName()).orElse("none");
  }

  static ContainerFilter of(Query query, Engine engine) {
    return new ContainerFilter(Filters.of(query, NAMES), engine);
  }

  private Optional<Instant> created(String name) {
    return filters.get(name).stream()
        .findFirst()
        .map(reference -> engine.containers().get(reference).record().created());
  }

  /** Whether containers that do not run are asked for by their status. */
  boolean choosesStatus() {
    return filters.has("status")
        || filters.has("exited")
        || before.isPresent()
        || since.isPresent();
  }

  @Override
  public boolean test(Container container) {
    ContainerRecord record = container.record();
    return LabelFilter.matches(filters.get("label"), record.spec().labels())
        && any("id", id -> container.id().hex().startsWith(id))
        && (names.matches(record.name()) || names.matches("/" + record.name()))
        && any("status", status -> record.state().status().apiName().equals(status))
        && any("exited", code -> hasExited(record, code))
        && any("ancestor", image -> isFrom(record, image))
        && any("network", network -> isOn(container, network))
        && any("volume", volume -> mounts(record, volume))
        && any("publish", port -> publishes(record, port))
        && any("expose", port -> record.spec().exposedPorts().contains(withProtocol(port)))
        && any("health", health -> health.equals(healthOf(record)))
        && any("is-task", task -> task.equals("false"))
        && any("isolation", isolation -> isolation.equals("default"))
        && before.map(time -> record.created().isBefore(time)).orElse(true)
        && since.map(time -> record.created().isAfter(time)).orElse(true);
  }

  private boolean any(String name, Predicate<String> matches) {
    return !filters.has(name) || filters.get(name).stream().anyMatch(matches);
  }

  private static boolean hasExited(ContainerRecord record, String code) {
    return record.state().status() == Status.EXITED
        && record.state().exitCode() == Integer.parseInt(code);
  }

  private boolean isFrom(ContainerRecord record, String image) {
    return engine.images().find(image).map(Image::id).map(Object::toString).stream()
        .anyMatch(record.imageId()::equals);
  }

  private boolean isOn(Container container, String network) {
    return new NetworkView(engine.networks(), container)
        .endpoints().entrySet().stream()
            .anyMatch(
                e -> e.getKey().equals(network) || e.getValue().networkId().startsWith(network));
  }

  private static boolean mounts(ContainerRecord record, String volume) {
    for (MountSpec mount : record.spec().mounts()) {
      if (mount.source().equals(volume) || mount.target().equals(volume)) {
        return true;
      }
    }
    return false;
  }

  private static boolean publishes(ContainerRecord record, String port) {
    return record.spec().networking().ports().stream()
        .anyMatch(p -> withProtocol(p.containerPort()).equals(withProtocol(port)));
  }

  private static String withProtocol(String port) {
    return port.contains("/") ? port : port + "/tcp";
  }
}

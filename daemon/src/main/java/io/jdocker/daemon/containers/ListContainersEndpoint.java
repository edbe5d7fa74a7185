package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.ContainerDocument.MountPointDocument;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.Image;
import io.jdocker.network.PortBinding;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code GET /containers/json?all=1&limit=&size=1&filters=}: the newest first. */
public final class ListContainersEndpoint implements Handler {
  private final Supplier<Engine> engine;

  ListContainersEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** A line of {@code docker ps}. */
  public record Item(
      String id,
      List<String> names,
      String image,
      @Key("ImageID") String imageId,
      String command,
      long created,
      List<PortItem> ports,
      @OmitEmpty Optional<Long> sizeRw,
      @OmitEmpty Optional<Long> sizeRootFs,
      Map<String, String> labels,
      String state,
      String status,
      HostItem hostConfig,
      NetworkItem networkSettings,
      List<MountPointDocument> mounts) {}

  record PortItem(
      @Key("IP") @OmitEmpty String ip, int privatePort, @OmitEmpty int publicPort, String type) {}

  record HostItem(String networkMode) {}

  record NetworkItem(Map<String, EndpointDocument> networks) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    Query query = exchange.query();
    ContainerFilter filter = ContainerFilter.of(query, engine.get());
    int limit = query.number("limit").orElse(0);
    boolean all = query.flag("all") || limit > 0 || filter.choosesStatus();
    Stream<Container> containers =
        engine.get().containers().list().stream()
            .filter(c -> all || c.state().status().countsAsRunning())
            .filter(filter)
            .sorted(Comparator.comparing((Container c) -> c.record().created()).reversed());
    boolean size = query.flag("size");
    exchange.json(
        200,
        (limit > 0 ? containers.limit(limit) : containers)
            .map(container -> item(engine.get(), container, size))
            .toList());
  }

  /** One line. */
  public static Item item(Engine from, Container container, boolean size) {
    ContainerRecord record = container.record();
    NetworkView network = new NetworkView(from.networks(), container);
    Optional<ContainerSize> sizes =
        size ? Optional.of(ContainerSize.of(from, container)) : Optional.empty();
    String mode = record.spec().networking().mode();
    return new Item(
        container.id().hex(),
        List.of("/" + record.name()),
        imageName(from, record),
        record.imageId(),
        command(record.spec().process().argv()),
        record.created().getEpochSecond(),
        ports(record, network),
        sizes.map(ContainerSize::own),
        sizes.map(ContainerSize::whole),
        record.spec().labels(),
        container.state().status().apiName(),
        StatusText.of(container.state(), Instant.now()),
        new HostItem(mode.equals("default") ? "bridge" : mode),
        new NetworkItem(network.endpoints()),
        MountView.of(record.spec(), from.volumes()));
  }

  /** The words behind the first are quoted where they have blanks in them, as Docker does. */
  private static String command(List<String> argv) {
    StringBuilder text = new StringBuilder();
    for (String word : argv) {
      boolean quoted = !text.isEmpty() && word.indexOf(' ') >= 0;
      text.append(text.isEmpty() ? "" : " ").append(quoted ? "'" + word + "'" : word);
    }
    return text.toString();
  }

  /** As the user wrote it, unless that name means another image by now. */
  private static String imageName(Engine from, ContainerRecord record) {
    boolean same =
        from.images()
            .find(record.spec().image())
            .map(Image::id)
            .map(id -> id.toString().equals(record.imageId()))
            .orElse(false);
    return same ? record.spec().image() : record.imageId();
  }

  private static List<PortItem> ports(ContainerRecord record, NetworkView network) {
    List<PortItem> ports = new ArrayList<>();
    List<PortBinding> bindings = network.bindings();
    for (PortBinding binding : bindings) {
      ports.add(
          new PortItem(
              binding.hostAddress(),
              binding.container().number(),
              binding.hostPort(),
              binding.container().protocol().toString()));
    }
    if (record.state().status().isAlive()) {
      for (String exposed : record.spec().exposedPorts()) {
        if (bindings.stream().noneMatch(b -> b.container().toString().equals(exposed))) {
          int slash = exposed.indexOf('/');
          ports.add(
              new PortItem(
                  "",
                  Integer.parseInt(exposed.substring(0, slash)),
                  0,
                  exposed.substring(slash + 1)));
        }
      }
    }
    return ports;
  }
}

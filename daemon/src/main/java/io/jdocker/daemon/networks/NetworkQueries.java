package io.jdocker.daemon.networks;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.NameFilter;
import io.jdocker.network.Network;
import io.jdocker.network.Networks;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code GET /networks} and {@code GET /networks/X}. */
final class NetworkQueries {
  private static final Set<String> FILTERS =
      Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

  private final Supplier<Engine> engine;

  NetworkQueries(Supplier<Engine> engine) {
    this.engine = engine;
  }

  void list(Exchange exchange) throws IOException {
    Filters filters = Filters.of(exchange.query(), FILTERS);
    Optional<Boolean> dangling = filters.flag("dangling");
    for (String type : filters.get("type")) {
      if (!Set.of("custom", "builtin").contains(type)) {
        throw Filters.invalid("type", type);
      }
    }
    NameFilter names = NameFilter.of(filters);
    Predicate<Network> chosen =
        network ->
            any(filters, "driver", network.driver()::equals)
                && any(filters, "id", network.id()::startsWith)
                && names.matches(network.name())
                && any(filters, "scope", NetworkDocument.scope(network)::equals)
                && any(filters, "type", t -> t.equals("builtin") == network.predefined())
                && LabelFilter.matches(filters.get("label"), network.labels())
                && dangling.map(wanted -> wanted == isDangling(network)).orElse(true);
    exchange.json(
        200,
        engine.get().networks().list().stream()
            .filter(chosen)
            .map(network -> NetworkDocument.of(network, List.of()))
            .toList());
  }

  private static boolean any(Filters filters, String name, Predicate<String> matches) {
    return !filters.has(name) || filters.get(name).stream().anyMatch(matches);
  }

  private boolean isDangling(Network network) {
    Networks networks = engine.get().networks();
    boolean elsewhere = networks.cluster().filter(c -> !c.remote(network).isEmpty()).isPresent();
    return !network.predefined() && !elsewhere && networks.members(network.id()).isEmpty();
  }

  void inspect(Exchange exchange) throws IOException {
    Networks networks = engine.get().networks();
    Network network = networks.get(exchange.parameter());
    exchange.json(
        200, NetworkDocument.of(network, networks.members(network.id()), networks.cluster()));
  }
}

package io.jdocker.network.cni;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.namespace.OpenNamespace;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Networks that CNI plugins make: {@code -o conf=NAME} or a path. Addresses, routes and ports are
 * the plugins' business; what they answer is what inspect shows. The list of a container's start is
 * written down before the first plugin runs, so that whatever happens the same ones take it back.
 */
public final class CniDriver implements Driver {
  static final String CONFIGURATION = "conf";
  static final String PROGRAMS = "bin-dir";

  private static final Path CONFIGURATIONS = Path.of("/etc/cni/net.d");
  private static final List<Path> USUAL = List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"));

  private final Path names;
  private final StateFolder<CniState> files;

  /**
   * @param names folder where network namespaces have their names
   * @param folder for the state files
   */
  public CniDriver(Path names, Path folder) {
    this.names = names.toAbsolutePath();
    this.files = new StateFolder<>(folder, CniState.class);
  }

  @Override
  public String name() {
    return "cni";
  }

  @Override
  public Traits traits() {
    return new Traits(true, false, false, false);
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    for (String option : spec.options().keySet()) {
      if (!Set.of(CONFIGURATION, PROGRAMS).contains(option)) {
        throw new InvalidArgument("invalid option \"" + option + "\" for driver " + name());
      }
    }
    if (spec.subnet().isPresent()) {
      throw new InvalidArgument(
          "driver cni takes no --subnet: its addresses are those of the CNI configuration");
    }
    PluginList list = list(spec.options());
    Plugin plugin = plugin(spec.options());
    list.plugins().forEach(p -> plugin.find(PluginList.type(p)));
  }

  private static PluginList list(Map<String, String> options) {
    String reference = options.getOrDefault(CONFIGURATION, "");
    if (reference.isEmpty()) {
      throw new InvalidArgument(
          "option conf is missing: name a CNI configuration, as in"
              + " -o conf=/etc/cni/net.d/a.conflist");
    }
    return PluginList.load(CONFIGURATIONS, reference);
  }

  private static Plugin plugin(Map<String, String> options) {
    String folders = options.getOrDefault(PROGRAMS, "");
    return new Plugin(
        folders.isEmpty() ? USUAL : Arrays.stream(folders.split(":", -1)).map(Path::of).toList());
  }

  @Override
  public void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String name,
      boolean hairpin,
      Trace trace) {
    long start = System.nanoTime();
    PluginList list = list(network.options());
    CniState state =
        new CniState(
            endpoint.id(), names.resolve(name).toString(), endpoint.link(), list.text(), "");
    files.write(endpoint.id(), state);
    Plugin plugin = plugin(network.options());
    Optional<JsonObject> previous = Optional.empty();
    for (JsonObject one : list.plugins()) {
      previous = Optional.of(plugin.call("ADD", state, input(list, one, previous)));
    }
    files.write(endpoint.id(), state.with(previous.orElseThrow().toString()));
    joined(network, endpoint); // an answer that cannot be read is an error of this start
    trace.record(
        Stage.NETWORK,
        "let the CNI plugins of " + list.name() + " put the container on their network",
        () -> "CNI_COMMAND=ADD " + list.plugins().stream().map(PluginList::type).toList(),
        "0",
        start,
        () -> "true # cnitool add " + list.name() + " " + state.namespace());
  }

  private static JsonObject input(
      PluginList list, JsonObject plugin, Optional<JsonObject> previous) {
    JsonObject input = plugin.deepCopy();
    input.addProperty("cniVersion", list.version());
    input.addProperty("name", list.name());
    previous.ifPresent(result -> input.add("prevResult", result));
    return input;
  }

  @Override
  public Endpoint joined(Network network, Endpoint endpoint) {
    return files
        .find(endpoint.id())
        .filter(state -> !state.result().isEmpty())
        .map(state -> CniResult.parse(state.result()).applyTo(endpoint))
        .orElse(endpoint);
  }

  /** Asks the plugins whether all is as they left it; those of before 0.4.0 cannot tell. */
  @Override
  public void rejoin(Network network, Endpoint endpoint, boolean hairpin) {
    Optional<CniState> state = files.find(endpoint.id());
    if (state.isEmpty() || state.get().result().isEmpty()) {
      return;
    }
    PluginList list = PluginList.parse(state.get().list(), "the list of a container's start");
    if (!list.version().startsWith("0.3")) {
      JsonObject result = JsonParser.parseString(state.get().result()).getAsJsonObject();
      Plugin plugin = plugin(network.options());
      list.plugins()
          .forEach(p -> plugin.call("CHECK", state.get(), input(list, p, Optional.of(result))));
    }
  }

  /** In reverse; each is asked, whatever becomes of the others. */
  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {
    Optional<CniState> found = files.find(endpoint.id());
    if (found.isEmpty()) {
      return; // it never joined, or has left
    }
    long start = System.nanoTime();
    CniState state =
        Files.exists(Path.of(found.get().namespace())) ? found.get() : gone(found.get());
    PluginList list = PluginList.parse(state.list(), "the list of a container's start");
    Optional<JsonObject> result =
        Optional.of(state.result())
            .filter(text -> !text.isEmpty())
            .map(text -> JsonParser.parseString(text).getAsJsonObject());
    Plugin plugin = plugin(network.options());
    try (Undo steps = new Undo()) { // runs in reverse, and goes on when one fails
      steps.push("forget the endpoint", () -> files.delete(endpoint.id()));
      for (JsonObject one : list.plugins()) {
        steps.push(
            "take the container off CNI network " + list.name(),
            () -> plugin.call("DEL", state, input(list, one, result)));
      }
    }
    trace.record(
        Stage.TEARDOWN,
        "let the CNI plugins take the container off their network",
        () -> "CNI_COMMAND=DEL",
        "0",
        start,
        () -> "true # cnitool del " + list.name() + " " + state.namespace());
  }

  private static CniState gone(CniState state) {
    return new CniState(state.containerId(), "", state.link(), state.list(), state.result());
  }
}

package io.jdocker.daemon.system;

import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.host.HostFacts;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.json.GoTime;
import io.jdocker.daemon.system.InfoDocument.Abilities;
import io.jdocker.daemon.system.InfoDocument.Commit;
import io.jdocker.daemon.system.InfoDocument.Counts;
import io.jdocker.daemon.system.InfoDocument.Machine;
import io.jdocker.daemon.system.InfoDocument.Plugins;
import io.jdocker.daemon.system.InfoDocument.RegistryConfig;
import io.jdocker.daemon.system.InfoDocument.RuntimeDocument;
import io.jdocker.daemon.system.InfoDocument.SwarmDocument;
import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.network.overlay.Cluster;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code GET /info}. */
final class InfoEndpoint implements Handler {
  private static final Commit NONE = new Commit("");
  private static final String BRIDGE_FILTER = "/proc/sys/net/bridge/bridge-nf-call-";

  private final Supplier<Engine> engine;
  private final String version;
  private final LiveSettings settings;

  InfoEndpoint(Supplier<Engine> engine, String version, LiveSettings settings) {
    this.engine = engine;
    this.version = version;
    this.settings = settings;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.json(200, document(engine.get()));
  }

  private static List<String> securityOptions(Engine from) {
    List<String> options = new ArrayList<>(List.of("name=seccomp,profile=builtin"));
    if (!from.users().isNone()) {
      options.add("name=userns");
    }
    return options;
  }

  private InfoDocument document(Engine from) {
    Abilities abilities = abilities(from.cgroups().controllers());
    List<String> warnings = new ArrayList<>(settings.notices());
    warnings.addAll(Shortcomings.of(abilities));
    Optional<Cluster> cluster = from.networks().cluster();
    cluster.ifPresent(c -> c.warnings().forEach(w -> warnings.add("WARNING: " + w)));
    return new InfoDocument(
        id(from.root()),
        counts(from),
        "overlay2",
        List.of(List.of("Native Overlay Diff", "true")),
        new Plugins(
            List.of("local"),
            List.of("bridge", "host", "ipvlan", "macvlan", "null", "overlay"),
            Optional.empty(),
            List.of("json-file", "local", "none")),
        abilities,
        settings.log().isDebug(),
        openFiles(),
        Thread.activeCount(),
        GoTime.format(Instant.now()),
        settings.changeable().containers().logDriver(),
        "cgroupfs",
        Integer.toString(from.cgroups().version()),
        from.events().subscribers(),
        machine(),
        "https://index.docker.io/v1/",
        registries(from.registries().options()),
        Optional.empty(),
        from.root().toString(),
        "",
        "",
        "",
        HostFacts.hostName(),
        settings.changeable().labels(),
        false,
        version,
        Map.of("jdocker", new RuntimeDocument("jdocker")),
        "jdocker",
        new SwarmDocument("", "", "inactive", false, "", Optional.empty()),
        cluster.map(c -> c.options().store()).orElse(""),
        cluster.map(c -> c.options().advertise()).orElse(""),
        true,
        "",
        "",
        NONE,
        NONE,
        NONE,
        securityOptions(from),
        List.of(),
        warnings.isEmpty() ? Optional.empty() : Optional.of(warnings));
  }

  /** The same for as long as the root stays where it is. */
  private static String id(Path root) {
    return UUID.nameUUIDFromBytes((HostFacts.hostName() + root).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static RegistryConfig registries(RegistryOptions options) {
    List<String> networks = new ArrayList<>(List.of("127.0.0.0/8", "::1/128"));
    options.insecure().stream().filter(name -> name.indexOf('/') >= 0).forEach(networks::add);
    return new RegistryConfig(
        networks,
        Map.of(),
        options.mirrors().isEmpty()
            ? Optional.empty()
            : Optional.of(options.mirrors().stream().map(URI::toString).toList()));
  }

  private static Counts counts(Engine from) {
    Collection<Container> all = from.containers().list();
    int running = count(all, Status.RUNNING);
    int paused = count(all, Status.PAUSED);
    return new Counts(
        all.size(), running, paused, all.size() - running - paused, from.images().list().size());
  }

  private static int count(Collection<Container> all, Status status) {
    return (int) all.stream().filter(c -> c.state().status() == status).count();
  }

  private static Abilities abilities(Set<String> controllers) {
    boolean memory = controllers.contains("memory");
    boolean cpu = controllers.contains("cpu");
    return new Abilities(
        memory,
        memory,
        cpu,
        cpu,
        cpu,
        controllers.contains("cpuset"),
        controllers.contains("pids"),
        false,
        HostFacts.isOn("/proc/sys/net/ipv4/ip_forward"),
        HostFacts.isOn(BRIDGE_FILTER + "iptables"),
        HostFacts.isOn(BRIDGE_FILTER + "ip6tables"));
  }

  private static Machine machine() {
    return new Machine(
        HostFacts.kernelVersion(),
        HostFacts.release("PRETTY_NAME"),
        HostFacts.release("VERSION_ID"),
        "linux",
        HostFacts.machine(),
        Runtime.getRuntime().availableProcessors(),
        HostFacts.memory());
  }

  private static int openFiles() {
    String[] names = Path.of("/proc/self/fd").toFile().list();
    return names == null ? 0 : names.length;
  }
}

package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.cni.CniDriver;
import io.jdocker.network.dns.DnsCounts;
import io.jdocker.network.driver.BridgeDriver;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.driver.HostDeviceDriver;
import io.jdocker.network.driver.NullDriver;
import io.jdocker.network.driver.StackedDriver;
import io.jdocker.network.firewall.Firewalls;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.firewall.RuleReader;
import io.jdocker.network.ipam.AddressPool;
import io.jdocker.network.ipam.LocalPrefix;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.overlay.Cluster;
import io.jdocker.network.overlay.ClusterFile;
import io.jdocker.network.overlay.OverlayDriver;
import io.jdocker.network.overlay.SharedEndpoint;
import io.jdocker.network.ports.PortAllocator;
import io.jdocker.network.ports.Relay;
import io.jdocker.network.ports.StaleFlows;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The networks of an engine and the containers on them. It belongs to the network namespace of the
 * thread that opens it, and must be used by threads of that namespace only. Opening it programs
 * nothing: bridges and rules come with the first container or the first user-defined network.
 * Thread-safe.
 */
public final class Networks implements AutoCloseable {
  private final Rtnetlink host;
  private final LinkReaper reaper;
  private final Relay relay;
  private final Firewalls firewalls;
  private final NameService names;
  private final Namespaces namespaces;
  private final Optional<Cluster> cluster;
  private final Drivers drivers;
  private final NetworkCatalog catalog;
  private final NetworkFactory factory;
  private final Sandboxes sandboxes;
  private final PredefinedNetworks predefined;
  private final NetworkSight sight;
  private final HostRepair repair;
  private final Ids ids = new Ids();

  private Networks(NetworkOptions options, Kernel kernel) {
    host = Rtnetlink.open(kernel);
    reaper = new LinkReaper(kernel);
    relay = new Relay(kernel);
    String path = System.getenv().getOrDefault("PATH", "");
    firewalls = Firewalls.of(options.bridge(), path);
    NameRedirect redirect = new NameRedirect(kernel, path);
    int namePort = NameService.anyPort();
    namespaces =
        new Namespaces(
            kernel,
            options.namespaces(),
            options.names(),
            options.spareNamespaces(),
            fd -> redirect.set(fd, namePort).await());
    cluster =
        ClusterFile.of(options.root())
            .chosen(options.cluster())
            .map(c -> Cluster.open(c, host, reaper, options.root()));
    BridgeDriver bridges = new BridgeDriver(host, reaper, firewalls);
    drivers =
        new Drivers(
            List.of(
                bridges,
                new OverlayDriver(bridges, firewalls.four(), cluster),
                StackedDriver.macvlan(host, reaper),
                StackedDriver.ipvlan(host, reaper),
                new HostDeviceDriver(kernel, host, options.root().resolve("devices")),
                new CniDriver(options.names(), options.root().resolve("cni")),
                new NullDriver("host"),
                new NullDriver("null")));
    catalog =
        new NetworkCatalog(
            new StateFolder<>(options.root().resolve("networks"), Network.class),
            (network, ipam) ->
                cluster
                    .map(c -> c.addresses(network, ipam))
                    .orElseGet(() -> new AddressPool(ipam)));
    factory = new NetworkFactory(options, host, ids);
    NameFiles files = new NameFiles();
    names = new NameService(kernel, catalog, redirect, files, namePort, this::announce);
    sandboxes = sandboxes(options, kernel, names, files);
    repair = new HostRepair(host, reaper, firewalls, catalog, drivers, sandboxes);
    sight =
        new NetworkSight(
            kernel,
            options.names(),
            new RuleReader(path),
            firewalls.four(),
            Path.of("/etc/resolv.conf"),
            catalog::list,
            sandboxes::list);
    predefined = new PredefinedNetworks(options, host, catalog, factory, sandboxes, drivers, ids);
    cluster.ifPresent(c -> c.begin(new ClusterShelf(catalog, drivers, sandboxes), names.remote()));
  }

  private Sandboxes sandboxes(
      NetworkOptions options, Kernel kernel, NameService names, NameFiles files) {
    StaleFlows flows = new StaleFlows(kernel, host);
    PublishedPorts ports = new PublishedPorts(catalog, drivers, firewalls, flows);
    return new Sandboxes(
        new StateFolder<>(options.root().resolve("sandboxes"), SandboxState.class),
        catalog,
        drivers,
        new SandboxBuilder(catalog, drivers, ports, namespaces, reaper, names),
        namespaces,
        new PortAllocator(kernel, relay),
        firewalls.four(),
        names,
        files,
        ids);
  }

  /** Opens the networks whose state lies in the options' folder. */
  public static Networks open(NetworkOptions options, Kernel kernel) {
    options.bip().ifPresent(NetworkFactory::checkedBip);
    return new Networks(options, kernel);
  }

  /** Makes a user-defined network; its bridge is there afterwards. */
  public synchronized Network create(NetworkSpec spec) {
    NetworkCatalog.checkName(spec.name());
    Driver driver = drivers.get(spec.driver().isEmpty() ? "bridge" : spec.driver());
    driver.validate(spec, catalog.list());
    if (catalog.byName(spec.name()).isPresent()) {
      throw new Conflict("network with name " + spec.name() + " already exists");
    }
    return Refusals.named("create network " + spec.name(), () -> create(spec, driver));
  }

  private Network create(NetworkSpec spec, Driver driver) {
    Network planned = factory.network(spec, driver, taken());
    boolean adopted = repair.hasBridge(planned);
    boolean taken = catalog.list().stream().anyMatch(n -> n.bridge().equals(planned.bridge()));
    if (taken && !planned.bridge().isEmpty()) {
      throw new Conflict("bridge " + planned.bridge() + " belongs to another network");
    }
    Network network = driver.register(planned, catalog.subnets(), factory::onHost);
    try {
      catalog.put(network);
      driver.ensure(network, Trace.off());
      return network;
    } catch (RuntimeException e) {
      try {
        if (!adopted) {
          driver.remove(network);
          sweepIpv6(network);
        }
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
      catalog.remove(network);
      throw e;
    }
  }

  /** The default bridge's id is there as long as the engine is, and no other engine has it. */
  private NetworkFactory.Taken taken() {
    LocalPrefix prefix = LocalPrefix.of(catalog.get(Network.DEFAULT).id());
    return new NetworkFactory.Taken(catalog.subnets(), catalog.subnets6(), prefix);
  }

  /** By name, id or unique beginning of an id. */
  public Network get(String nameOrIdPrefix) {
    return catalog.get(nameOrIdPrefix);
  }

  /** Every network, by name. */
  public List<Network> list() {
    return catalog.list();
  }

  /** Removes a user-defined network without containers, with its bridge. */
  public synchronized void remove(String nameOrId) {
    Network network = catalog.get(nameOrId);
    if (network.predefined()) {
      throw new Forbidden(network.name() + " is a pre-defined network and cannot be removed");
    }
    if (sandboxes.isUsed(network.id())) {
      throw new Forbidden(
          "error while removing network: network "
              + network.name()
              + " id "
              + network.id()
              + " has active endpoints");
    }
    Refusals.named(
        "remove network " + network.name(),
        () -> {
          drivers.of(network).remove(network);
          sweepIpv6(network);
          catalog.remove(network);
        });
  }

  /** What has been done since this was opened. */
  public NetworkCounts counts() {
    DnsCounts dns = names.counts();
    return new NetworkCounts(
        dns.answered(), dns.forwarded(), dns.refused(), firewalls.transactions());
  }

  /**
   * The chains of IPv6 go with the last network that has it: a later engine knew nothing of them.
   */
  private void sweepIpv6(Network removed) {
    boolean last =
        removed.ipam6().isPresent()
            && catalog.list().stream()
                .noneMatch(n -> n.ipam6().isPresent() && !n.id().equals(removed.id()));
    if (last) {
      firewalls.six().removeAll();
    }
  }

  /** Removes every user-defined network without containers that the filter accepts; their names. */
  public synchronized List<String> prune(Predicate<Network> filter) {
    List<String> removed = new ArrayList<>();
    for (Network network : catalog.list()) {
      boolean elsewhere = cluster.filter(c -> !c.remote(network).isEmpty()).isPresent();
      boolean unused = !network.predefined() && !elsewhere && !sandboxes.isUsed(network.id());
      if (unused && filter.test(network)) {
        remove(network.id());
        removed.add(network.name());
      }
    }
    return removed;
  }

  /**
   * Sets every rule of the engine again, and what else of the host's settings its networks need, as
   * after somebody flushed the firewall. Rules of others stay as they are. Idempotent.
   */
  public synchronized void reload() {
    Refusals.named("reload the firewall rules", repair::reloadRules);
  }

  /** What can be seen of the host: pictures, ways of packets, faults. */
  public NetworkSight sight() {
    return sight;
  }

  /** The running containers on a network. */
  public List<NetworkMember> members(String nameOrId) {
    return sandboxes.members(catalog.get(nameOrId).id());
  }

  /**
   * Gives a container its network, before its first process is launched: namespace, links,
   * addresses, ports, names. All of it or nothing.
   */
  public Sandbox attach(SandboxRequest request, Trace trace) {
    return Refusals.named(
        "set up the network of container " + request.containerName(),
        () -> {
          predefined.settle();
          return sandboxes.attach(request, trace);
        });
  }

  /** Takes everything down that {@link #attach} made; nothing happens when there is nothing. */
  public void detach(String containerId, Trace trace) {
    Refusals.named(
        "take down the network of container " + containerId,
        () -> sandboxes.detach(containerId, trace));
  }

  /** Puts a running container on one more network. */
  public synchronized Endpoint connect(String containerId, String network, EndpointSpec spec) {
    return Refusals.named(
        "connect container " + containerId + " to network " + network,
        () -> sandboxes.connect(containerId, catalog.get(network), spec));
  }

  /**
   * Takes a running container off a network.
   *
   * @param force as Docker's flag: succeed where the container is not running
   */
  public synchronized void disconnect(String containerId, String network, boolean force) {
    Refusals.named(
        "disconnect container " + containerId + " from network " + network,
        () -> sandboxes.disconnect(containerId, catalog.get(network), force));
  }

  /** A container has another name, by which others are to find it; it need not run. */
  public void rename(String containerId, String name) {
    Refusals.named(
        "rename container " + containerId + " on its networks",
        () -> sandboxes.rename(containerId, name));
  }

  public Optional<Sandbox> find(String containerId) {
    return sandboxes.find(containerId);
  }

  /**
   * Repairs after a restart: what live containers have is held again, their rules stand again; of
   * all others, and of whatever a crash left half made, nothing remains. Idempotent.
   *
   * @return what could not be repaired; everything else has been
   */
  public synchronized List<SystemFailure> restore(Set<String> liveContainerIds) {
    return Refusals.named(
        "restore the containers' networks",
        () -> {
          List<SystemFailure> problems = sandboxes.restore(liveContainerIds);
          repair.sweep();
          problems.addAll(resumeOverlays());
          return problems;
        });
  }

  /** Networks over several hosts are held also where no container of this host is on them. */
  private List<SystemFailure> resumeOverlays() {
    List<SystemFailure> problems = new ArrayList<>();
    for (Network network : cluster.isEmpty() ? List.<Network>of() : catalog.list()) {
      if (Cluster.isFlannel(network)) {
        try {
          drivers.of(network).ensure(network, Trace.off());
        } catch (EngineException e) {
          problems.add(
              new SystemFailure(
                  "network " + network.name() + " is cut off from other hosts: " + e.getMessage(),
                  e));
        }
      }
    }
    return problems;
  }

  /** Tells other hosts of a container on a network that they share. */
  private void announce(SharedEndpoint endpoint) {
    cluster
        .filter(c -> Cluster.isShared(catalog.get(endpoint.networkId())))
        .ifPresent(c -> c.announce(endpoint));
  }

  /** What this host knows of other hosts; empty where no cluster store was chosen. */
  public Optional<Cluster> cluster() {
    return cluster;
  }

  /**
   * Lets go of what only this process holds. Containers keep their networks; without any, the
   * default bridge and all rules of the engine are removed as well.
   */
  @Override
  public void close() {
    cluster.ifPresent(Cluster::close); // its threads may wait for the lock
    closeHere();
  }

  private synchronized void closeHere() {
    Network bridge = catalog.get(Network.DEFAULT);
    boolean unused = sandboxes.isEmpty() && catalog.list().stream().allMatch(Network::predefined);
    // The bridge is made before the rules and goes after them: of an earlier engine that left no
    // bridge there are none, and an engine that did nothing has nothing to undo.
    if (unused && (firewalls.isFounded() || repair.hasBridge(bridge))) {
      firewalls.removeAll();
      drivers.of(bridge).remove(bridge);
    }
    sandboxes.close();
    relay.close();
    namespaces.close();
    firewalls.close();
    reaper.close();
    host.close();
  }
}

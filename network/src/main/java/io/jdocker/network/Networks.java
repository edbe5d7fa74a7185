package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.Sysctl;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.BridgeDriver;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.driver.HostDeviceDriver;
import io.jdocker.network.driver.NullDriver;
import io.jdocker.network.driver.StackedDriver;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.ports.PortAllocator;
import io.jdocker.network.ports.Relay;
import io.jdocker.network.ports.StaleFlows;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
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
  private final Firewall firewall;
  private final Namespaces namespaces;
  private final Drivers drivers;
  private final NetworkCatalog catalog;
  private final NetworkFactory factory;
  private final Sandboxes sandboxes;
  private final NetworkSight sight;
  private final Ids ids = new Ids();
  private final Optional<Cidr> chosenAddress;
  private volatile boolean settled;

  private Networks(NetworkOptions options, Kernel kernel) {
    chosenAddress = options.bip();
    host = Rtnetlink.open(kernel);
    reaper = new LinkReaper(kernel);
    relay = new Relay(kernel);
    String path = System.getenv().getOrDefault("PATH", "");
    firewall = Firewall.of(options.bridge(), bridgedTrafficIsSeen(), path);
    NameRedirect redirect = new NameRedirect(kernel, path);
    int namePort = NameService.anyPort();
    namespaces =
        new Namespaces(
            kernel,
            options.namespaces(),
            options.names(),
            options.spareNamespaces(),
            fd -> redirect.set(fd, namePort).await());
    drivers =
        new Drivers(
            List.of(
                new BridgeDriver(host, reaper, firewall),
                StackedDriver.macvlan(host, reaper),
                StackedDriver.ipvlan(host, reaper),
                new HostDeviceDriver(kernel, host, options.root().resolve("devices")),
                new NullDriver("host"),
                new NullDriver("null")));
    catalog =
        new NetworkCatalog(new StateFolder<>(options.root().resolve("networks"), Network.class));
    factory = new NetworkFactory(options, host, ids);
    NameFiles files = new NameFiles();
    NameService names = new NameService(kernel, catalog, redirect, files, namePort);
    sandboxes = sandboxes(options, kernel, names, files);
    sight = new NetworkSight(kernel, options.names(), catalog::list, sandboxes::list);
    predefine(options);
  }

  private Sandboxes sandboxes(
      NetworkOptions options, Kernel kernel, NameService names, NameFiles files) {
    StaleFlows flows = new StaleFlows(kernel, host);
    return new Sandboxes(
        new StateFolder<>(options.root().resolve("sandboxes"), SandboxState.class),
        catalog,
        drivers,
        new SandboxBuilder(catalog, drivers, firewall, namespaces, reaper, flows, names),
        namespaces,
        new PortAllocator(kernel, relay),
        firewall,
        names,
        files,
        ids);
  }

  /** Opens the networks whose state lies in the options' folder. */
  public static Networks open(NetworkOptions options, Kernel kernel) {
    options.bip().ifPresent(NetworkFactory::checkedBip);
    return new Networks(options, kernel);
  }

  /** Whether iptables sees what one port of a bridge sends to another. */
  private static boolean bridgedTrafficIsSeen() {
    String setting = "net.bridge.bridge-nf-call-iptables";
    return Sysctl.exists(setting) && Sysctl.read(setting).equals("1");
  }

  /** The three networks that are always there; the default bridge follows a changed --bip. */
  private void predefine(NetworkOptions options) {
    if (catalog.byName(Network.HOST).isEmpty()) {
      catalog.put(factory.plain(idOf(Network.HOST), Network.HOST, "host"));
    }
    if (catalog.byName(Network.NONE).isEmpty()) {
      catalog.put(factory.plain(idOf(Network.NONE), Network.NONE, "null"));
    }
    Optional<Network> present = catalog.byName(Network.DEFAULT);
    boolean keep =
        present
            .filter(n -> n.bridge().equals(options.bridge()))
            .flatMap(Network::ipam)
            .filter(i -> options.bip().map(i.gatewayAddress()::equals).orElse(true))
            .isPresent();
    if (!keep) {
      present.ifPresent(
          n -> {
            if (sandboxes.isUsed(n.id())) {
              throw new Conflict(
                  "the default bridge cannot change its address or name while containers are on"
                      + " it: stop them first");
            }
            drivers.of(n).remove(n);
            catalog.remove(n);
          });
      catalog.put(factory.defaultBridge(idOf(Network.DEFAULT), catalog.subnets()));
    }
  }

  /** A new id, or where the network's file was lost the one by which containers know it. */
  private String idOf(String predefined) {
    return sandboxes.idOfNetwork(predefined).orElseGet(ids::next);
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
    Network network = factory.network(spec, driver, catalog.subnets());
    boolean adopted = hasBridge(network);
    boolean taken = catalog.list().stream().anyMatch(n -> n.bridge().equals(network.bridge()));
    if (taken && !network.bridge().isEmpty()) {
      throw new Conflict("bridge " + network.bridge() + " belongs to another network");
    }
    catalog.put(network);
    try {
      driver.ensure(network, Trace.off());
      return network;
    } catch (RuntimeException e) {
      try {
        if (!adopted) {
          driver.remove(network);
        }
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
      catalog.remove(network);
      throw e;
    }
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
          catalog.remove(network);
        });
  }

  /** Removes every user-defined network without containers that the filter accepts; their names. */
  public synchronized List<String> prune(Predicate<Network> filter) {
    List<String> removed = new ArrayList<>();
    for (Network network : catalog.list()) {
      if (!network.predefined() && !sandboxes.isUsed(network.id()) && filter.test(network)) {
        remove(network.id());
        removed.add(network.name());
      }
    }
    return removed;
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
          if (!settled) {
            settle();
          }
          return sandboxes.attach(request, trace);
        });
  }

  /**
   * Before the default bridge is made: chooses another subnet where somebody took it since it was
   * chosen, be it a VPN or another engine.
   */
  private synchronized void settle() {
    Network bridge = catalog.get(Network.DEFAULT);
    boolean open =
        !settled
            && chosenAddress.isEmpty()
            && !sandboxes.isUsed(bridge.id())
            && host.links().find(bridge.bridge()).isEmpty();
    if (open) {
      Network free = factory.withFreeSubnet(bridge, catalog.subnets());
      if (!free.equals(bridge)) {
        catalog.put(free);
      }
    }
    settled = true;
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
          sweep();
          return problems;
        });
  }

  /** Removes what belongs to no network or container that is known. */
  private void sweep() {
    for (Network network : catalog.list()) {
      drivers.of(network).sweep(network, sandboxes.hostLinks(network.id()));
    }
    for (String id : catalog.lost()) {
      if (!catalog.knows(id)) {
        reaper.delete(NetworkFactory.bridgeName(id));
      }
    }
    if (catalog.lost().isEmpty() && sandboxes.lost().isEmpty()) {
      return;
    }
    // Rules of what was lost are in nobody's memory.
    if (catalog.list().stream().anyMatch(n -> hasBridge(n))) {
      firewall.reload();
    } else {
      firewall.removeAll();
    }
  }

  private boolean hasBridge(Network network) {
    return !network.bridge().isEmpty() && host.links().find(network.bridge()).isPresent();
  }

  /**
   * Lets go of what only this process holds. Containers keep their networks; without any, the
   * default bridge and all rules of the engine are removed as well.
   */
  @Override
  public synchronized void close() {
    Network bridge = catalog.get(Network.DEFAULT);
    boolean unused = sandboxes.isEmpty() && catalog.list().stream().allMatch(Network::predefined);
    // The bridge is made before the rules and goes after them: of an earlier engine that left no
    // bridge there are none, and an engine that did nothing has nothing to undo.
    if (unused && (firewall.isFounded() || hasBridge(bridge))) {
      firewall.removeAll();
      drivers.of(bridge).remove(bridge);
    }
    sandboxes.close();
    relay.close();
    namespaces.close();
    firewall.close();
    reaper.close();
    host.close();
  }
}

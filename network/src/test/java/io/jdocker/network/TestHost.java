package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.LeakCheck;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A private host with an engine's networks on it, a remote machine beside it, and servers in its
 * containers. Closing it detaches everything and checks that the host is as it was.
 */
final class TestHost implements AutoCloseable {
  private final HostNamespaces machines;
  private final Path root;
  private final LeakCheck before;
  private final List<Process> processes = new ArrayList<>();
  private final List<TestServer> servers = new ArrayList<>();
  private final Set<String> attached = new HashSet<>();
  private final Kernel kernel;
  private Networks networks;

  TestHost(Kernel kernel, Path root) {
    this(kernel, root, NetworkOptions.of(root).withSpareNamespaces(1));
  }

  TestHost(Kernel kernel, Path root, NetworkOptions options) {
    this.kernel = kernel;
    this.root = root;
    this.machines = HostNamespaces.create(kernel);
    this.before = LeakCheck.take(machines, root, "");
    this.networks = machines.run(() -> Networks.open(options, kernel));
  }

  HostNamespaces machines() {
    return machines;
  }

  Path root() {
    return root;
  }

  /** The id of 64 digits of the test's container of that number. */
  static String id(int number) {
    return String.format("%012x", 0xc0000000L + number) + "0".repeat(52);
  }

  <T> T with(Function<Networks, T> work) {
    return machines.run(() -> work.apply(networks));
  }

  Sandbox attach(SandboxRequest request) {
    return attach(request, Trace.off());
  }

  Sandbox attach(SandboxRequest request, Trace trace) {
    Sandbox sandbox = with(n -> n.attach(request, trace));
    attached.add(request.containerId());
    return sandbox;
  }

  /** A container on the default bridge with published ports. */
  Sandbox attachBridge(int number, PortMapping... ports) {
    return attach(
        SandboxRequest.of(id(number), "c" + number, new NetworkMode.Bridge())
            .withPorts(List.of(ports)));
  }

  void detach(String containerId) {
    machines.run(() -> networks.detach(containerId, Trace.off()));
    attached.remove(containerId);
  }

  /** The engine knows that container no more: there is nothing to detach. */
  void forget(String containerId) {
    attached.remove(containerId);
  }

  /** Lets the engine go, for another one to be started on the same root. */
  void stop() {
    machines.run(networks::close);
  }

  /** Opens the networks anew, as a restarted engine does, with the given containers alive. */
  List<SystemFailure> start(NetworkOptions options, Set<String> live) {
    networks = machines.run(() -> Networks.open(options, kernel));
    return machines.run(() -> networks.restore(live));
  }

  /** Runs a command in a container. */
  Outcome in(Sandbox sandbox, String command) {
    return machines.shellIn(sandbox.namespacePath().orElseThrow(), command);
  }

  /** Serves the caller's address, as the server sees it, on a port of a container. */
  void servePeer(Sandbox sandbox, int port) {
    serve(sandbox, () -> TestServer.tcp(port, TestServer::tellPeer));
  }

  /** Starts a server in a container; it ends with this host. */
  void serve(Sandbox sandbox, Supplier<TestServer> server) {
    servers.add(machines.runIn(sandbox.namespacePath().orElseThrow(), server));
  }

  /** Starts a server on the remote machine; it ends with this host. */
  void serveRemote(Supplier<TestServer> server) {
    servers.add(machines.runRemote(server));
  }

  void background(Process process) {
    processes.add(process);
  }

  /** Waits until something is so; a test that waits in vain fails after a minute. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited for a minute in vain");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    servers.forEach(TestServer::close);
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    List.copyOf(attached).forEach(this::detach);
    machines.run(
        () ->
            networks.list().stream()
                .filter(n -> !n.predefined())
                .forEach(n -> networks.remove(n.id())));
    machines.run(networks::close);
    assertEquals(before.found(), LeakCheck.take(machines, root, "").found());
    machines.close();
  }
}

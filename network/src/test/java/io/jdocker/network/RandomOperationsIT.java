package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of operations by chance, some of which fail, with what people do to a running host in
 * between; at the end the host is what it was (the fixture looks). The seed tells how to get the
 * same again.
 */
final class RandomOperationsIT extends DualStackFixture {
  private static final int CONTAINERS = 6;
  private static final List<String> NETWORKS = List.of("a", "b", "c");

  private final List<String> story = new ArrayList<>();
  private final Set<Integer> running = new TreeSet<>();
  private Random random;

  @Test
  void fortyOperationsLeaveNothing() {
    play(20260101, 40);
  }

  @Test
  @Tag("nightly")
  void fiveHundredOperationsLeaveNothing() {
    play(System.nanoTime(), 500);
  }

  private void play(long seed, int count) {
    random = new Random(seed);
    story.add("seed " + seed);
    int failed = 0;
    for (int i = 0; i < count; i++) {
      try {
        step();
      } catch (EngineException expected) {
        failed++; // a clash by chance or an injected fault: nothing of it may stay
        story.add("  " + expected.getMessage());
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(String.join("\n", story), e);
      }
      check();
    }
    assertTrue(failed > 0 && failed < count, failed + " of " + count + " failed");
    List.copyOf(running).forEach(number -> host.detach(TestHost.id(number)));
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0 -> makeNetwork();
      case 1 -> removeNetwork();
      case 2, 3, 4 -> attach();
      case 5 -> detach();
      case 6 -> connect();
      case 7 -> disconnect();
      case 8 -> restart();
      default -> meddle();
    }
  }

  private int anyone() {
    return 1 + random.nextInt(CONTAINERS);
  }

  private String anywhere() {
    return NETWORKS.get(random.nextInt(NETWORKS.size()));
  }

  private void makeNetwork() {
    String name = anywhere();
    boolean six = random.nextBoolean();
    story.add("create " + name + (six ? " with IPv6" : ""));
    if (six) {
      create(name, "", random.nextInt(4) == 0, Map.of());
    } else {
      host.with(n -> n.create(NetworkSpec.bridge(name)));
    }
  }

  private void removeNetwork() {
    String name = anywhere();
    story.add("remove " + name);
    host.with(
        n -> {
          n.remove(name);
          return true;
        });
  }

  private void attach() {
    int number = anyone();
    int fault = random.nextInt(4);
    story.add("attach " + number + " with fault " + fault);
    List<PortMapping> ports = List.of(PortMapping.of(8000 + number, Port.tcp(80)));
    EndpointSpec on = EndpointSpec.on(random.nextInt(3) == 0 ? "bridge" : anywhere());
    EndpointSpec taken =
        new EndpointSpec(on.network(), Ipv4.parse("172.18.0.1"), Optional.empty(), List.of(), 0);
    SandboxRequest wish = request(number, ports, fault == 1 ? taken : on);
    boolean attached = running.contains(number);
    if (fault == 0 && !attached) {
      withTakenPort(8000 + number, () -> host.attach(wish));
    } else {
      host.attach(wish);
    }
    running.add(number);
  }

  /** Somebody else's server has the port. */
  private void withTakenPort(int port, Runnable work) {
    ServerSocket taken = host.machines().run(() -> listening(port));
    try {
      work.run();
    } finally {
      close(taken);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket listening(int port) {
    try {
      return new ServerSocket(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void detach() {
    int number = anyone();
    story.add("detach " + number);
    host.detach(TestHost.id(number));
    running.remove(number);
  }

  private void connect() {
    int number = anyone();
    String network = anywhere();
    story.add("connect " + number + " to " + network);
    host.with(n -> n.connect(TestHost.id(number), network, EndpointSpec.on(network)));
  }

  private void disconnect() {
    int number = anyone();
    String network = anywhere();
    story.add("disconnect " + number + " from " + network);
    host.with(
        n -> {
          n.disconnect(TestHost.id(number), network, false);
          return true;
        });
  }

  private void restart() {
    Set<String> alive = new TreeSet<>();
    running.removeIf(number -> random.nextInt(4) == 0 && died(number));
    running.forEach(number -> alive.add(TestHost.id(number)));
    story.add("restart with " + running);
    host.stop();
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), alive);
  }

  private boolean died(int number) {
    host.forget(TestHost.id(number));
    return true;
  }

  /** What people and other programs do. */
  private void meddle() {
    List<String> commands =
        List.of(
            "iptables -t nat -F",
            "ip6tables -t nat -F",
            "iptables -F FORWARD",
            "ip link del $(ip -o link | grep -o 'veth[0-9a-f]*' | head -1)",
            "ip -6 addr flush dev $(ip -o link | grep -o 'br-[0-9a-f]*' | head -1)");
    String command = commands.get(random.nextInt(commands.size()));
    story.add(command);
    host.machines().shell(command);
  }

  /** The engine's own books are right at every moment. */
  private void check() {
    for (int number = 1; number <= CONTAINERS; number++) {
      String id = TestHost.id(number);
      boolean known = host.with(n -> n.find(id).isPresent());
      assertTrue(known == running.contains(number), () -> String.join("\n", story));
    }
  }
}

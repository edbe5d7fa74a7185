package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Networks, names and published ports. */
class NetworksIT {
  private static final String SERVER =
      "while :; do echo hello | nc -l -p 7000 >/dev/null 2>&1; done";
  private static final int PATIENCE_MILLIS = 60_000;

  private static EngineRoom room;
  private static ContainerEngine engine;

  @BeforeAll
  static void open() throws IOException {
    room = EngineRoom.open();
    engine = room.engine();
  }

  @AfterAll
  static void close() throws IOException {
    room.close();
  }

  private static ContainerRequestBuilder server() {
    return ContainerRequest.image("busybox").command("sh", "-c", SERVER);
  }

  private static String ask(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  @Test
  void aPublishedPortIsReachedOnLoopback() throws IOException {
    try (Container container = engine.containers().start(server().port(7000).build())) {
      container.await(Readiness.listening(7000));
      assertEquals("hello", ask(container.host(), container.mappedPort(7000)));
      List<PublishedPort> ports = container.inspect().ports();
      assertEquals("127.0.0.1", ports.get(0).hostAddress());
      assertEquals(Port.tcp(7000), ports.get(0).container());
      NotFound unknown = assertThrows(NotFound.class, () -> container.mappedPort(80));
      assertTrue(
          unknown.getMessage().endsWith("those that were: [7000/tcp]"), unknown.getMessage());
      container.stop(java.time.Duration.ZERO);
      NotFound stopped = assertThrows(NotFound.class, () -> container.mappedPort(7000));
      assertTrue(stopped.getMessage().endsWith("it does not run"), stopped.getMessage());
    }
  }

  @Test
  void aTakenHostPortIsAnErrorAndNothingIsLeft() {
    try (Container first = engine.containers().start(server().port(7000).build())) {
      PublishedPort same = new PublishedPort(Port.tcp(7000), "127.0.0.1", first.mappedPort(7000));
      int before = engine.containers().list().size();
      assertThrows(
          RuntimeException.class, () -> engine.containers().start(server().publish(same).build()));
      assertEquals(before, engine.containers().list().size());
    }
  }

  @Test
  void containersOfANetworkFindEachOtherByNameAndAlias() {
    try (Network network =
            engine.networks().create(NetworkRequest.named("team").withSubnet("10.77.0.0/24"));
        Container server =
            engine
                .containers()
                .start(server().name("answerer").network(network, "alias").build())) {
      server.await(Readiness.listening(7000));
      assertEquals("10.77.0.0/24", network.subnet());
      assertEquals("10.77.0.1", network.gateway());
      assertEquals(List.of(server.id()), network.members());
      ContainerDetails.NetworkAddress address = server.inspect().networks().get("team");
      assertEquals("10.77.0.2", address.address());
      assertEquals("10.77.0.1", address.gateway());
      for (String name : List.of("answerer", "alias")) {
        ProcessResult result =
            engine
                .containers()
                .run(
                    ContainerRequest.image("busybox")
                        .command("sh", "-c", "until nc " + name + " 7000; do sleep 0.05; done")
                        .network(NetworkJoin.of("team").withAddress("10.77.0.9"))
                        .build());
        assertEquals("hello\n", result.stdout(), result.stderr());
      }
      assertThrows(Forbidden.class, network::remove);
    }
    assertEquals(Optional.empty(), engine.networks().find("team"));
  }

  @Test
  void aRunningContainerIsPutOnANetworkAndTakenOff() {
    try (Network network = engine.networks().create(NetworkRequest.named("late").closed());
        Container container = engine.containers().start(server().build())) {
      network.connect(container, "latecomer");
      assertEquals(2, container.inspect().networks().size());
      assertTrue(container.inspect().networks().get("late").aliases().contains("latecomer"));
      network.disconnect(container);
      assertEquals(List.of("bridge"), List.copyOf(container.inspect().networks().keySet()));
    }
  }

  @Test
  void aNameIsTakenOnce() {
    Network network = engine.networks().create(NetworkRequest.named("once").withLabel("a", "b"));
    assertEquals("b", network.labels().get("a"));
    assertThrows(Conflict.class, () -> engine.networks().create(NetworkRequest.named("once")));
    assertEquals(network.id(), engine.networks().get("once").id());
    network.close();
    network.close();
    assertThrows(NotFound.class, () -> engine.networks().get("once"));
    assertThrows(Forbidden.class, () -> engine.networks().get("bridge").remove());
  }
}

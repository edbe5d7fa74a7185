package io.jdocker.junit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.ContainerRequest;
import io.jdocker.engine.Network;
import io.jdocker.engine.NetworkJoin;
import io.jdocker.engine.Volume;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.NetworkFixture;
import io.jdocker.junit.VolumeFixture;
import io.jdocker.junit.WaitFor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * One container for the class, one for each test, one for a method; on a network, with a volume.
 */
@Jdocker
public class Lives {
  private static final AtomicReference<String> SHARED = new AtomicReference<>("");
  private static final AtomicReference<String> OWN = new AtomicReference<>("");

  @NetworkFixture static Network network;
  @VolumeFixture static Volume data;

  @ContainerFixture(
      image = "busybox",
      command = {"sh", "-c", "echo $COLOUR >/data/colour; httpd -f -p 8080 -h /www"},
      environment = "COLOUR=green",
      ports = 8080,
      network = "network",
      volumes = "data:/data",
      tmpfs = "/scratch",
      memory = 64 << 20)
  static Container web;

  @ContainerFixture(request = "sleeper", waitFor = @WaitFor(exec = "true"))
  private Container sleeper;

  ContainerRequest sleeper() {
    return ContainerRequest.image("busybox")
        .command("sleep", "600")
        .network(NetworkJoin.of(network.name()))
        .build();
  }

  @BeforeAll
  static void isThereBeforeAll() {
    assertEquals("green\n", web.exec("cat", "/data/colour").stdout());
    assertEquals("", SHARED.getAndSet(web.id()));
  }

  @Test
  void first() {
    check();
  }

  @Test
  void second() {
    check();
  }

  private void check() {
    assertEquals(SHARED.get(), web.id());
    assertNotEquals(OWN.getAndSet(sleeper.id()), sleeper.id());
    assertTrue(
        sleeper.exec("wget", "-q", "-O", "-", "http://web:8080/").stdout().contains("It works"));
  }

  @Test
  void parameter(
      @ContainerFixture(
              image = "busybox",
              command = {"sh", "-c", "echo ready; sleep 600"},
              network = "network",
              aliases = "given",
              waitFor = @WaitFor(log = "ready"))
          Container given,
      ContainerEngine engine) {
    assertNotEquals(given.id(), sleeper.id());
    assertTrue(sleeper.exec("nslookup", "given").succeeded());
    assertEquals(given.id(), engine.containers().get(given.id()).id());
  }

  /** Sees what is around it. */
  @Nested
  class Inner {
    @ContainerFixture(
        image = "busybox",
        command = {"sleep", "600"},
        network = "network")
    private Container inner;

    @Test
    void nested() {
      assertTrue(sleeper.exec("nslookup", "inner").succeeded());
      assertEquals(SHARED.get(), web.id());
      assertNotEquals(inner.id(), sleeper.id());
    }
  }
}

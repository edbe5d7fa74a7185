package io.jdocker.junit.samples;

import io.jdocker.engine.Container;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.WaitFor;
import org.junit.jupiter.api.Test;

/** A server that ends before it serves. */
@Jdocker
public class NeverReady {
  @ContainerFixture(
      image = "busybox",
      command = {"sh", "-c", "echo no such database; exit 1"},
      waitFor = @WaitFor(log = "listening"))
  private Container server;

  @Test
  void isNotReached() {
    throw new AssertionError(server);
  }
}

package io.jdocker.junit.samples;

import static org.junit.jupiter.api.Assertions.fail;

import io.jdocker.engine.Container;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.WaitFor;
import org.junit.jupiter.api.Test;

/** A test that fails beside containers that have something to tell. */
@Jdocker
public class Fails {
  @ContainerFixture(
      image = "busybox",
      command = {"sh", "-c", "echo shared tells; sleep 600"},
      waitFor = @WaitFor(log = "shared tells"))
  static Container shared;

  @ContainerFixture(
      image = "busybox",
      command = {"sh", "-c", "echo own tells >&2; exit 3"})
  private Container own;

  @Test
  void red() {
    own.awaitExit();
    fail("as it is to");
  }

  @Test
  void green() {
    own.awaitExit();
  }
}

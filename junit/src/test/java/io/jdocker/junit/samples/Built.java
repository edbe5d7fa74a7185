package io.jdocker.junit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.engine.Container;
import io.jdocker.engine.Image;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.ImageFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.WaitFor;
import org.junit.jupiter.api.Test;

/** Images from a Dockerfile, and containers of them. */
@Jdocker
public class Built {
  @ImageFixture(folder = "src/test/images/greeter", arguments = "WHO=world", network = "none")
  static Image greeter;

  @ContainerFixture(image = "greeter", waitFor = @WaitFor(completed = true))
  private Container container;

  @Test
  void greets() {
    assertEquals("hello world\n", container.logs());
    assertEquals(greeter.id(), container.inspect().imageId());
  }
}

package io.jdocker.junit.samples;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerRequest;
import io.jdocker.engine.Image;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.ImageFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.WaitFor;
import org.junit.jupiter.api.Test;

/** One mistake in each class. */
public final class Misused {
  private Misused() {}

  /** The wrong type. */
  @Jdocker
  public static class WrongType {
    @ContainerFixture(image = "busybox")
    String text;

    @Test
    void test() {}
  }

  /** Cannot be filled. */
  @Jdocker
  public static class FinalField {
    @ContainerFixture(image = "busybox")
    static final Container CONTAINER = null;

    @Test
    void test() {}
  }

  /** Of what? */
  @Jdocker
  public static class NoImage {
    @ContainerFixture Container container;

    @Test
    void test() {}
  }

  /** Of which? */
  @Jdocker
  public static class TwoSources {
    @ImageFixture(reference = "busybox", folder = ".")
    Image image;

    @Test
    void test() {}
  }

  /** Not static. */
  @Jdocker
  public static class InstanceMethod {
    @ContainerFixture(request = "request")
    static Container container;

    ContainerRequest request() {
      return ContainerRequest.image("busybox").build();
    }

    @Test
    void test() {}
  }

  /** Says nothing. */
  @Jdocker
  public static class EmptyWait {
    @ContainerFixture(image = "busybox", waitFor = @WaitFor)
    Container container;

    @Test
    void test() {}
  }

  /** No name. */
  @Jdocker
  public static class BadVariable {
    @ContainerFixture(image = "busybox", environment = "=value")
    Container container;

    @Test
    void test() {}
  }

  /** No path. */
  @Jdocker
  public static class BadVolume {
    @ContainerFixture(image = "busybox", volumes = "/data")
    Container container;

    @Test
    void test() {}
  }
}

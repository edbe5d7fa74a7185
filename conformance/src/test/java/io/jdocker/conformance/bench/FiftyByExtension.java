package io.jdocker.conformance.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.Container;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.Jdocker;
import org.junit.jupiter.api.RepeatedTest;

/** Fifty tests, each with a web server of its own, on jdocker-junit. */
@Jdocker
public class FiftyByExtension {
  @ContainerFixture(
      image = "bench",
      command = {"/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"},
      ports = 8080)
  private Container server;

  @RepeatedTest(WebPage.TESTS)
  void asksTheServer() throws Exception {
    assertTrue(WebPage.get(server.host(), server.mappedPort(8080)).contains("works"));
  }
}

package io.jdocker.conformance.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.testcontainers.containers.GenericContainer;

/** Fifty tests, each with a web server of its own, on Testcontainers. */
public class FiftyByTestcontainers {
  private GenericContainer<?> server;

  @BeforeEach
  void start() {
    server =
        new GenericContainer<>("bench:latest")
            .withCommand("/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www")
            .withExposedPorts(8080);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @RepeatedTest(WebPage.TESTS)
  void asksTheServer() throws Exception {
    assertTrue(WebPage.get(server.getHost(), server.getMappedPort(8080)).contains("works"));
  }
}

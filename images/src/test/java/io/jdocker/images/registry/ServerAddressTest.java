package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerAddressTest {
  /** What stands in docker's config.json and what people type, and the registry they mean. */
  @ParameterizedTest(name = "\"{0}\" is {1}")
  @CsvSource({
    "'', docker.io",
    "'  ', docker.io",
    "docker.io, docker.io",
    "index.docker.io, docker.io",
    "registry-1.docker.io, docker.io",
    "https://index.docker.io/v1/, docker.io",
    "http://docker.io, docker.io",
    "reg.example, reg.example",
    "' reg.example ', reg.example",
    "https://reg.example, reg.example",
    "http://reg.example:5000/, reg.example:5000",
    "https://reg.example/v2/, reg.example",
    "reg.example/team/app, reg.example",
    "https://[::1]:5000/v2/, [::1]:5000",
    "hub.docker.io, hub.docker.io",
    "docker.io.example, docker.io.example",
    "https.example, https.example",
  })
  void isADomainAsInAnImagesName(String typed, String domain) {
    assertEquals(domain, ServerAddress.domain(typed));
  }
}

package io.jdocker.daemon.system;

import io.jdocker.daemon.host.HostFacts;
import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.json.Key;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /version}; needs no engine. */
final class VersionEndpoint implements Handler {
  /**
   * The release of Docker whose API this is. Clients compare it with what they need: Testcontainers
   * refuses a server of less than 1.6.0. Our own version is the component's, which people are
   * shown.
   */
  private static final String DOCKER_RELEASE = "28.3.0";

  private final String version;

  VersionEndpoint(String version) {
    this.version = version;
  }

  record PlatformDocument(String name) {}

  record Component(String name, String version, Map<String, String> details) {}

  record VersionDocument(
      PlatformDocument platform,
      List<Component> components,
      String version,
      String apiVersion,
      @Key("MinAPIVersion") String minApiVersion,
      String gitCommit,
      String goVersion,
      String os,
      String arch,
      String kernelVersion,
      boolean experimental,
      String buildTime) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    String kernel = HostFacts.kernelVersion();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("ApiVersion", ApiVersion.CURRENT.toString());
    details.put("Arch", HostFacts.goArchitecture());
    details.put("JavaVersion", System.getProperty("java.version"));
    details.put("KernelVersion", kernel);
    details.put("MinAPIVersion", ApiVersion.OLDEST.toString());
    details.put("Os", "linux");
    exchange.json(
        200,
        new VersionDocument(
            new PlatformDocument("jdocker"),
            List.of(new Component("Engine", version, details)),
            DOCKER_RELEASE,
            ApiVersion.CURRENT.toString(),
            ApiVersion.OLDEST.toString(),
            "",
            "",
            "linux",
            HostFacts.goArchitecture(),
            kernel,
            false,
            ""));
  }
}

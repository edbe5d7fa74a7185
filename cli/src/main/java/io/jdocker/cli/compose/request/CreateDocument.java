package io.jdocker.cli.compose.request;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.compose.model.Confinement;
import io.jdocker.compose.model.Connection;
import io.jdocker.compose.model.HealthCheck;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document of POST /containers/create for one container of a service. */
public final class CreateDocument {
  /**
   * What differs from container to container.
   *
   * @param alias the name that others find it by for good
   * @param inherited volumes without a name that the container before had, by target
   * @param namespaces the container of each service that a namespace or volumes are shared with
   * @param labels beside those of the service
   * @param publishes false for a one-off container that leaves the ports alone
   */
  public record Particulars(
      String name,
      String alias,
      Map<String, String> labels,
      Map<String, String> inherited,
      Map<String, String> namespaces,
      boolean publishes,
      boolean underServiceName) {}

  private final Project project;
  private final Service service;
  private final Particulars particulars;

  public CreateDocument(Project project, Service service, Particulars particulars) {
    this.project = project;
    this.service = service;
    this.particulars = particulars;
  }

  /** Builds it. */
  public JsonObject build() {
    Service.Command command = service.command();
    Connection connection = service.connection();
    JsonBody body =
        new JsonBody()
            .text("Hostname", connection.hostname())
            .text("Domainname", connection.domainName())
            .text("User", command.user())
            .flag("Tty", command.tty())
            .flag("OpenStdin", command.stdinOpen())
            .flag("AttachStdout", true)
            .flag("AttachStderr", true)
            .texts("Env", environment(command.environment()))
            .text("Image", Names.image(project, service))
            .text("WorkingDir", command.workingDirectory())
            .text("MacAddress", connection.macAddress())
            .text("StopSignal", service.lifecycle().stopSignal())
            .map("Labels", labels())
            .member("ExposedPorts", Endpoints.exposed(connection, particulars.publishes()))
            .member("HostConfig", hostConfig());
    command.words().ifPresent(words -> words(body, "Cmd", words));
    command.entrypoint().ifPresent(words -> words(body, "Entrypoint", words));
    service.healthCheck().ifPresent(check -> body.member("Healthcheck", healthCheck(check)));
    service
        .lifecycle()
        .stopGracePeriod()
        .ifPresent(period -> body.member("StopTimeout", seconds(period)));
    if (connection.mode().isEmpty()) {
      body.member("NetworkingConfig", endpoints().networking());
    }
    return body.build();
  }

  /** The engine counts in whole seconds: a part of one is not lost. */
  private static JsonPrimitive seconds(java.time.Duration period) {
    return new JsonPrimitive(period.plusNanos(999_999_999).toSeconds());
  }

  private Endpoints endpoints() {
    return new Endpoints(project, service, particulars.alias(), particulars.underServiceName());
  }

  /** An empty list takes the image's words away: that must not be left out. */
  private static void words(JsonBody body, String member, List<String> words) {
    if (words.isEmpty()) {
      body.emptyList(member);
    } else {
      body.texts(member, words);
    }
  }

  private static List<String> environment(Map<String, Optional<String>> variables) {
    List<String> lines = new ArrayList<>();
    // A name alone takes the image's variable away.
    variables.forEach((name, value) -> lines.add(value.map(v -> name + "=" + v).orElse(name)));
    return lines;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>(service.identity().labels());
    labels.put(Labels.PROJECT, project.name());
    labels.put(Labels.SERVICE, service.name());
    labels.putAll(particulars.labels());
    return labels;
  }

  private static JsonObject healthCheck(HealthCheck check) {
    return new JsonBody()
        .texts("Test", check.test())
        .number("Interval", check.interval().toNanos())
        .number("Timeout", check.timeout().toNanos())
        .number("StartPeriod", check.startPeriod().toNanos())
        .number("StartInterval", check.startInterval().toNanos())
        .number("Retries", check.retries())
        .build();
  }

  private JsonObject hostConfig() {
    Confinement confinement = service.confinement();
    Connection connection = service.connection();
    JsonBody host =
        new JsonBody()
            .text("NetworkMode", networkMode())
            .flag("Privileged", confinement.privileged())
            .flag("ReadonlyRootfs", confinement.readOnly())
            .texts("CapAdd", confinement.capAdd())
            .texts("CapDrop", confinement.capDrop())
            .texts("SecurityOpt", confinement.securityOptions())
            .texts("GroupAdd", service.command().groupAdd())
            .member("Devices", Hardware.devices(confinement))
            .texts("DeviceCgroupRules", confinement.deviceRules())
            .map("Sysctls", confinement.sysctls())
            .text("PidMode", shared(confinement.pid()))
            .text("IpcMode", shared(confinement.ipc()))
            .text("UTSMode", confinement.uts())
            .text("UsernsMode", confinement.userNamespace())
            .text("CgroupnsMode", confinement.cgroup())
            .text("CgroupParent", confinement.cgroupParent())
            .texts("Dns", connection.dns())
            .texts("DnsSearch", connection.dnsSearch())
            .texts("DnsOptions", connection.dnsOptions())
            .texts("ExtraHosts", extraHosts(connection.extraHosts()))
            .map("Tmpfs", tmpfs())
            .map("StorageOpt", service.storage().options())
            .map("Annotations", service.identity().annotations())
            .texts("VolumesFrom", volumesFrom())
            .text("Runtime", service.origin().runtime());
    service.command().init().ifPresent(init -> host.member("Init", new JsonPrimitive(init)));
    if (particulars.publishes()) {
      host.member("PortBindings", Endpoints.bindings(connection));
    }
    Hardware.put(service.resources(), host);
    Mounts.put(project, service, particulars.inherited(), host);
    restart(host);
    service
        .lifecycle()
        .logging()
        .ifPresent(
            logging ->
                host.member(
                    "LogConfig",
                    new JsonBody()
                        .text("Type", logging.driver())
                        .map("Config", logging.options())
                        .build()));
    return host.build();
  }

  private void restart(JsonBody host) {
    String policy = service.lifecycle().restart();
    if (!policy.isEmpty()) {
      host.member(
          "RestartPolicy",
          new JsonBody()
              .text("Name", policy)
              .number("MaximumRetryCount", service.lifecycle().restartAttempts())
              .build());
    }
  }

  private String networkMode() {
    String mode = service.connection().mode();
    return mode.isEmpty() ? endpoints().mode() : shared(mode);
  }

  /** {@code service:x} is the namespace of that service's container. */
  private String shared(String mode) {
    if (!mode.startsWith("service:")) {
      return mode;
    }
    return "container:" + particulars.namespaces().get(mode.substring("service:".length()));
  }

  private List<String> volumesFrom() {
    List<String> from = new ArrayList<>();
    for (String entry : service.storage().volumesFrom()) {
      if (entry.startsWith("container:")) {
        from.add(entry.substring("container:".length()));
      } else {
        String[] parts = entry.split(":", 2);
        String container = particulars.namespaces().get(parts[0]);
        from.add(parts.length > 1 ? container + ":" + parts[1] : container);
      }
    }
    return from;
  }

  private Map<String, String> tmpfs() {
    Map<String, String> tmpfs = new LinkedHashMap<>();
    for (String entry : service.storage().tmpfs()) {
      int colon = entry.indexOf(':');
      tmpfs.put(
          colon < 0 ? entry : entry.substring(0, colon),
          colon < 0 ? "" : entry.substring(colon + 1));
    }
    return tmpfs;
  }

  private static List<String> extraHosts(Map<String, List<String>> hosts) {
    List<String> lines = new ArrayList<>();
    hosts.forEach((name, all) -> all.forEach(address -> lines.add(name + ":" + address)));
    return lines;
  }
}

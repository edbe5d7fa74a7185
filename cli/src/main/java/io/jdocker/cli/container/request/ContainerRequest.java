package io.jdocker.cli.container.request;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The document of POST /containers/create, made from a command line: the image's own settings
 * overridden ({@code Config}). What the host gives is in {@link HostConfig}.
 */
public final class ContainerRequest {
  private final Parsed line;
  private final boolean detached;
  private final LineFile files;
  private final Streams streams;

  /**
   * Prepares the request.
   *
   * @param environment the caller's variables, for {@code -e NAME}
   */
  public ContainerRequest(Parsed line, boolean detached, Map<String, String> environment) {
    this.line = line;
    this.detached = detached;
    this.files = new LineFile(environment);
    this.streams = Streams.of(line, detached);
  }

  /** The variables of {@code --env-file} and {@code -e}, for exec as well. */
  public static List<String> variables(
      List<String> files, List<String> flags, Map<String, String> environment) {
    return new LineFile(environment).variables(files, flags);
  }

  /** True for a name server that means the container itself inside it. */
  public static boolean isLocal(String server) {
    return ValueRules.isLocal(server);
  }

  public String image() {
    return line.argument(0);
  }

  public Streams streams() {
    return streams;
  }

  public boolean isInteractive() {
    return line.isSet("interactive");
  }

  public boolean isTty() {
    return line.isSet("tty");
  }

  /**
   * Builds the document.
   *
   * @param directory what a relative host path of {@code -v} starts from
   * @throws io.jdocker.cli.CommandFailure when a flag cannot be understood
   */
  public JsonObject build(Path directory) {
    LaunchFlags.refuseForeign(line);
    List<PortSpec> ports = new ArrayList<>();
    for (String text : line.list("publish")) {
      ports.addAll(PortSpec.parse(text));
    }
    VolumeSpecs volumes = VolumeSpecs.parse(line.list("volume"), directory);
    List<NetworkSpec> networks = networks();
    JsonBody config = config();
    return config
        .member("ExposedPorts", exposed(ports))
        .member("Volumes", volumes.anonymous())
        .member("Healthcheck", healthcheck())
        .member("HostConfig", new HostConfig(line, ports, volumes, networks).build())
        .member("NetworkingConfig", networking(networks))
        .build();
  }

  private JsonBody config() {
    List<String> words = line.arguments();
    boolean interactive = isInteractive();
    List<String> labels = new ArrayList<>();
    for (String file : line.list("label-file")) {
      labels.addAll(files.lines(file).stream().filter(label -> label.indexOf('=') > 0).toList());
    }
    labels.addAll(line.list("label"));
    JsonBody config =
        new JsonBody()
            .text("Hostname", line.text("hostname"))
            .text("Domainname", line.text("domainname"))
            .text("User", line.text("user"))
            .flag("AttachStdin", streams.in())
            .flag("AttachStdout", streams.out())
            .flag("AttachStderr", streams.err())
            .flag("Tty", isTty())
            .flag("OpenStdin", interactive)
            .flag("StdinOnce", interactive && !detached)
            .texts("Env", files.variables(line.list("env-file"), line.list("env")))
            .texts("Cmd", words.subList(1, words.size()))
            .text("Image", image())
            .text("WorkingDir", line.text("workdir"))
            .map("Labels", labels(labels))
            .text("StopSignal", line.text("stop-signal"));
    // --entrypoint "" means none at all, which an empty list would not say.
    line.find("entrypoint").ifPresent(e -> config.texts("Entrypoint", List.of(e)));
    line.find("stop-timeout")
        .ifPresent(
            t -> config.member("StopTimeout", new JsonPrimitive(line.number("stop-timeout", 0))));
    return config;
  }

  private static Map<String, String> labels(List<String> labels) {
    for (String label : labels) {
      if (label.startsWith("=")) {
        throw Refusal.ofArgument(label, "-l, --label", "invalid label '" + label + "': empty name");
      }
    }
    return KeyValues.map(labels);
  }

  private JsonObject exposed(List<PortSpec> ports) {
    JsonObject exposed = new JsonObject();
    for (PortSpec port : ports) {
      exposed.add(port.port(), new JsonObject());
    }
    for (String text : line.list("expose")) {
      for (String port : PortSpec.exposed(text)) {
        exposed.add(port, new JsonObject());
      }
    }
    return exposed;
  }

  private JsonObject healthcheck() {
    for (String flag :
        List.of(
            "health-interval", "health-timeout", "health-start-period", "health-start-interval")) {
      refuseNegative(flag, line.nanoseconds(flag));
    }
    refuseNegative("health-retries", line.number("health-retries", 0));
    JsonBody check =
        new JsonBody()
            .number("Interval", line.nanoseconds("health-interval"))
            .number("Timeout", line.nanoseconds("health-timeout"))
            .number("StartPeriod", line.nanoseconds("health-start-period"))
            .number("StartInterval", line.nanoseconds("health-start-interval"))
            .number("Retries", line.number("health-retries", 0));
    String command = line.text("health-cmd");
    if (!command.isEmpty()) {
      check.texts("Test", List.of("CMD-SHELL", command));
    }
    JsonObject built = check.build();
    if (!line.isSet("no-healthcheck")) {
      return built;
    }
    if (built.size() > 0) {
      throw Refusal.of("--no-healthcheck conflicts with --health-* options");
    }
    return new JsonBody().texts("Test", List.of("NONE")).build();
  }

  private static void refuseNegative(String flag, long value) {
    if (value < 0) {
      throw Refusal.of("--" + flag + " cannot be negative");
    }
  }

  private List<NetworkSpec> networks() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (String text : line.list("network")) {
      networks.add(NetworkSpec.parse(text));
    }
    if (networks.isEmpty()) {
      networks.add(NetworkSpec.parse("default"));
    }
    if (networks.size() > 1 && networks.stream().anyMatch(NetworkSpec::isMode)) {
      throw Refusal.of(
          "conflicting options: cannot attach both user-defined and"
              + " non-user-defined network-modes");
    }
    networks.get(0).addFlags(line);
    return networks;
  }

  private JsonObject networking(List<NetworkSpec> networks) {
    JsonObject endpoints = new JsonObject();
    for (NetworkSpec network : networks) {
      if (!network.isMode()) {
        boolean takesLinks = network == networks.get(0) && !network.name().equals("default");
        JsonObject endpoint = network.endpoint(takesLinks ? line.list("link") : List.of());
        if (!network.name().equals("bridge") || endpoint.size() > 0) {
          endpoints.add(network.name(), endpoint);
        }
      }
    }
    JsonObject networking = new JsonObject();
    if (endpoints.size() > 0) {
      networking.add("EndpointsConfig", endpoints);
    }
    return networking;
  }
}

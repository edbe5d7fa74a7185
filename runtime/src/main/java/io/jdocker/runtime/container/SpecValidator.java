package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.EndpointSpec;
import io.jdocker.runtime.launch.SecurityPolicy;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.stdio.LogOptions;
import java.util.List;
import java.util.function.Consumer;

/** Looks over a merged specification before anything is made. Each check throws on its own. */
final class SpecValidator {
  private static final int HOST_NAME_MAX = 64;

  private final SecurityPolicy security;
  private final ResourceValidator resources;
  private final List<Consumer<ContainerSpec>> checks =
      List.of(
          SpecValidator::checkWords,
          this::checkWorkingDirectory,
          this::checkHostname,
          this::checkSignal,
          MountValidator::check,
          spec -> LogOptions.parse(spec.log().driver(), spec.log().options()),
          this::checkSecurity,
          this::checkNetworkMode,
          this::checkAddresses);

  SpecValidator(SecurityPolicy security, ResourceValidator resources) {
    this.security = security;
    this.resources = resources;
  }

  /**
   * Checks it.
   *
   * @param warn gets a warning for each wish that this kernel cannot meet
   * @return the specification without those
   */
  ContainerSpec validate(ContainerSpec spec, Consumer<String> warn) {
    checks.forEach(check -> check.accept(spec));
    return resources.check(spec, warn);
  }

  /**
   * Checks what the user asked for, before the image adds to it: the image's own EXPOSE and the
   * like conflict with nothing.
   */
  void checkRequest(ContainerSpec request) {
    if (request.networking().mode().startsWith("container:")) {
      conflict(
          !request.exposedPorts().isEmpty()
              && request.networking().ports().isEmpty()
              && !request.networking().publishAll(),
          "port exposing and the container type network mode");
    }
  }

  /** execve(2) takes words that end with a NUL byte: what follows one would silently be lost. */
  private static void checkWords(ContainerSpec spec) {
    ProcessSpec process = spec.process();
    process.argv().forEach(word -> refuseNul("command", word));
    process.environment().forEach(variable -> refuseNul("environment variable", variable));
    refuseNul("working directory", process.workingDirectory());
    refuseNul("user", process.user());
    refuseNul("hostname", spec.hostname());
    spec.mounts().forEach(mount -> refuseNul("mount", mount.source() + mount.target()));
  }

  static void refuseNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new InvalidArgument(
          "invalid " + what + " \"" + text.replace("\0", "\\0") + "\": it contains a NUL byte");
    }
  }

  private void checkWorkingDirectory(ContainerSpec spec) {
    String folder = spec.process().workingDirectory();
    if (!folder.isEmpty() && !folder.startsWith("/")) {
      throw new InvalidArgument(
          "the working directory '" + folder + "' is invalid, it needs to be an absolute path");
    }
  }

  private void checkHostname(ContainerSpec spec) {
    if (spec.hostname().length() > HOST_NAME_MAX - 1) {
      throw new InvalidArgument("invalid hostname format: " + spec.hostname());
    }
  }

  private void checkSignal(ContainerSpec spec) {
    if (!spec.lifecycle().stopSignal().isEmpty()) {
      Signals.parse(spec.lifecycle().stopSignal());
    }
  }

  private void checkSecurity(ContainerSpec spec) {
    security.check(spec.security());
  }

  private void checkNetworkMode(ContainerSpec spec) {
    conflict(
        spec.namespaces().uts() instanceof NamespaceMode.Host && !spec.hostname().isEmpty(),
        "hostname and the UTS mode");
    NetworkingSpec network = spec.networking();
    boolean joined = network.mode().startsWith("container:");
    boolean host = network.mode().equals("host");
    if (joined) {
      conflict(!spec.hostname().isEmpty(), "hostname and the network mode");
      conflict(
          !network.links().isEmpty(),
          "container type network can't be used with links. This would result in undefined"
              + " behavior");
      conflict(!network.dns().isEmpty(), "dns and the network mode");
      conflict(!network.extraHosts().isEmpty(), "custom host-to-IP mapping and the network mode");
      conflict(!network.macAddress().isEmpty(), "mac-address and the network mode");
      conflict(
          !network.ports().isEmpty() || network.publishAll(),
          "port publishing and the container type network mode");
    }
    conflict(
        host && !network.links().isEmpty(),
        "host type networking can't be used with links. This would result in undefined behavior");
  }

  private static void conflict(boolean present, String what) {
    if (present) {
      throw new InvalidArgument("conflicting options: " + what);
    }
  }

  private void checkAddresses(ContainerSpec spec) {
    List<EndpointSpec> parsed = NetworkWishes.endpoints(spec.networking());
    NetworkWishes.ports(spec.networking());
    boolean fixed = parsed.stream().anyMatch(e -> e.address().isPresent());
    if (fixed && NetworkWishes.isPredefined(spec.networking().mode())) {
      throw new InvalidArgument(
          "user specified IP address is supported on user defined networks only");
    }
  }
}

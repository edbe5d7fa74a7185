package io.jdocker.runtime.container;

import io.jdocker.cgroups.DeviceRule;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.DeviceNode;
import io.jdocker.runtime.launch.HostDevices;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.DeviceSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices of a container: the nodes it gets, and what its processes may do with these and
 * others.
 */
record ContainerDevices(List<DeviceNode> nodes, List<DeviceRule> rules) {
  private static final String ALL_ACCESS = "rwm";

  /**
   * Looks the host's devices up.
   *
   * @throws InvalidArgument for a rule or device that is none, in Docker's words
   */
  static ContainerDevices of(ContainerSpec spec, HostDevices host) {
    DeviceSpec wanted = spec.resources().devices();
    return spec.security().privileged() ? privileged(wanted, host) : limited(wanted, host);
  }

  /** All of the host's, and once more those that are wanted under another name. */
  private static ContainerDevices privileged(DeviceSpec wanted, HostDevices host) {
    List<DeviceNode> nodes = new ArrayList<>(host.all());
    for (DeviceSpec.Mapping mapping : wanted.mappings()) {
      if (!mapping.hostPath().equals(mapping.containerPath())) {
        nodes.addAll(host.of(mapping));
      }
    }
    return new ContainerDevices(nodes, List.of(DeviceRule.allowAll()));
  }

  private static ContainerDevices limited(DeviceSpec wanted, HostDevices host) {
    List<DeviceNode> nodes = new ArrayList<>();
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.dockerDefaults());
    for (DeviceSpec.Mapping mapping : wanted.mappings()) {
      checkMapping(mapping);
      for (DeviceNode node : host.of(mapping)) {
        nodes.add(node);
        rules.add(rule(node, mapping.permissions()));
      }
    }
    wanted.rules().forEach(rule -> rules.add(DeviceRule.parse(rule)));
    return new ContainerDevices(nodes, rules);
  }

  private static void checkMapping(DeviceSpec.Mapping mapping) {
    if (!mapping.permissions().isEmpty() && !mapping.permissions().matches("[rwm]{1,3}")) {
      throw new InvalidArgument("bad mode specified: " + mapping.permissions());
    }
    if (!mapping.containerPath().startsWith("/")) {
      throw new InvalidArgument(mapping.containerPath() + " is not an absolute path");
    }
  }

  private static DeviceRule rule(DeviceNode node, String permissions) {
    return new DeviceRule(
        true,
        node.isBlock() ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER,
        node.major(),
        node.minor(),
        permissions.isEmpty() ? ALL_ACCESS : permissions);
  }
}

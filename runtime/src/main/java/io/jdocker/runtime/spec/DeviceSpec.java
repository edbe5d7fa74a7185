package io.jdocker.runtime.spec;

import java.util.List;

/**
 * The host's devices that a container may use beyond those every container has.
 *
 * @param mappings nodes to make
 * @param rules more that it may open, as {@code c 1:3 rwm}
 */
public record DeviceSpec(List<Mapping> mappings, List<String> rules) {
  /**
   * A device of the host, or each one below a folder of the host.
   *
   * @param hostPath of the node or folder: {@code /dev/fuse}
   * @param containerPath where it is to be in the container
   * @param permissions some of {@code r}, {@code w}, {@code m}
   */
  public record Mapping(String hostPath, String containerPath, String permissions) {}

  public DeviceSpec {
    mappings = List.copyOf(mappings);
    rules = List.copyOf(rules);
  }

  public static DeviceSpec none() {
    return new DeviceSpec(List.of(), List.of());
  }
}

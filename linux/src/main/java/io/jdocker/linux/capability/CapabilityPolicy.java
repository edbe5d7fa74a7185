package io.jdocker.linux.capability;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides which capabilities a container gets, by Docker's rules, within those that the engine
 * itself holds: the kernel gives away none that the giver lacks.
 *
 * @param bounding the engine's own bounding set: what has to be dropped unless a container gets it,
 *     capabilities newer than {@link Capability} too
 * @param available what the engine can give
 */
public record CapabilityPolicy(CapabilitySet bounding, CapabilitySet available) {
  private static final String ALL = "ALL";

  /** The policy for this process: what /proc/self/status says of its bounding and permitted set. */
  public static CapabilityPolicy ofThisProcess() {
    return ofProcess(Path.of("/proc/self/status"));
  }

  static CapabilityPolicy ofProcess(Path status) {
    try {
      List<String> lines = Files.readAllLines(status);
      CapabilitySet bounding = set(lines, "CapBnd:");
      return new CapabilityPolicy(bounding, bounding.intersect(set(lines, "CapPrm:")));
    } catch (IOException e) {
      throw new SystemFailure("cannot read capabilities from " + status + ": " + e, e);
    }
  }

  private static CapabilitySet set(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> new CapabilitySet(Long.parseUnsignedLong(line.substring(7).strip(), 16)))
        .findFirst()
        .orElseThrow(() -> new SystemFailure("/proc/self/status has no field " + field));
  }

  /**
   * The set for a container.
   *
   * <p>{@code ALL} added: all available ones but those dropped. {@code ALL} dropped: only those
   * added. Else the default set, without those dropped, with those added.
   *
   * @param add names as of {@code --cap-add}, or {@code ALL}
   * @param drop names as of {@code --cap-drop}, or {@code ALL}
   * @throws InvalidArgument when a name is unknown, or one added is not the engine's to give
   */
  public CapabilitySet resolve(List<String> add, List<String> drop) {
    CapabilitySet added = parse("CapAdd", add);
    CapabilitySet dropped = parse("CapDrop", drop);
    requireAvailable(added);
    if (hasAll(add)) {
      return available.minus(dropped);
    }
    if (hasAll(drop)) {
      return added;
    }
    return CapabilitySet.dockerDefault().intersect(available).minus(dropped).plus(added);
  }

  /** The set of a privileged container: everything the engine has. */
  public CapabilitySet privileged() {
    return available;
  }

  private void requireAvailable(CapabilitySet added) {
    for (Capability capability : added.minus(available).toList()) {
      throw new InvalidArgument(
          "invalid CapAdd: capability not supported by your kernel or not available in the current"
              + " environment: \""
              + capability.kernelName()
              + "\"");
    }
  }

  private static CapabilitySet parse(String option, List<String> names) {
    try {
      return CapabilitySet.of(
          names.stream().filter(n -> !isAll(n)).map(Capability::parse).toList());
    } catch (InvalidArgument e) {
      throw new InvalidArgument("invalid " + option + ": " + e.getMessage(), e);
    }
  }

  private static boolean hasAll(List<String> names) {
    return names.stream().anyMatch(CapabilityPolicy::isAll);
  }

  private static boolean isAll(String name) {
    return name.strip().equalsIgnoreCase(ALL);
  }
}

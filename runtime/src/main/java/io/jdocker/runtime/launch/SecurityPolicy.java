package io.jdocker.runtime.launch;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.CapabilityGrant;
import io.jdocker.linux.capability.CapabilityPolicy;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.seccomp.FilterCompiler;
import io.jdocker.linux.seccomp.KernelVersion;
import io.jdocker.linux.seccomp.ProfileParser;
import io.jdocker.linux.seccomp.SeccompFilter;
import io.jdocker.linux.seccomp.SeccompFilters;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.user.User;
import java.util.Optional;

/**
 * Turns what a container may do into what its processes get. Compiled filters are kept, so that a
 * launch pays for the first of a kind only. Thread-safe.
 */
public final class SecurityPolicy {
  private final CapabilityPolicy capabilities;
  private final SeccompFilters filters;

  public SecurityPolicy(Architecture architecture) {
    this.capabilities = CapabilityPolicy.ofThisProcess();
    this.filters = new SeccompFilters(new FilterCompiler(architecture, KernelVersion.current()));
  }

  /** Compiles the usual filter ahead of the first container: some 50 ms in a JVM just started. */
  public void warmUp() {
    check(SecuritySpec.standard());
  }

  /**
   * Refuses what cannot be meant.
   *
   * @throws io.jdocker.linux.failure.InvalidArgument for an unknown capability or a bad profile
   */
  public void check(SecuritySpec spec) {
    filter(spec, capabilitySet(spec));
  }

  /** The credentials of a process of the container. */
  public Credentials credentials(ContainerSpec spec, User user) {
    return credentials(spec, user, spec.security().privileged());
  }

  /**
   * As {@link #credentials(ContainerSpec, User)}.
   *
   * @param privileged all that the engine itself may: exec --privileged
   */
  public Credentials credentials(ContainerSpec container, User user, boolean privileged) {
    SecuritySpec spec = container.security();
    // Who enters a user namespace has every capability in it (user_namespaces(7)).
    CapabilitySet known =
        container.namespaces().ids().isNone() ? capabilities.bounding() : CapabilitySet.all();
    CapabilitySet set = privileged ? capabilities.privileged() : capabilitySet(spec);
    return new Credentials(
        user.uid(),
        user.gid(),
        user.groups(),
        CapabilityGrant.forUser(set, user.uid()),
        known,
        spec.noNewPrivileges(),
        privileged ? Optional.empty() : filter(spec, set));
  }

  private CapabilitySet capabilitySet(SecuritySpec spec) {
    return spec.privileged()
        ? capabilities.privileged()
        : capabilities.resolve(spec.capAdd(), spec.capDrop());
  }

  private Optional<SeccompFilter> filter(SecuritySpec spec, CapabilitySet set) {
    if (spec.privileged() || spec.seccomp().equals(SecuritySpec.UNCONFINED)) {
      return Optional.empty();
    }
    if (spec.seccomp().isEmpty()) {
      return Optional.of(filters.byDefault(set));
    }
    return Optional.of(filters.of(ProfileParser.parse(spec.seccomp()), set));
  }
}

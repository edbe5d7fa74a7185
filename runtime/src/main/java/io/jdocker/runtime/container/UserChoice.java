package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import java.util.Optional;

/**
 * Decides who a container's users are on the host, once and for all of its runs: the files that it
 * leaves on parts of the host are theirs.
 */
final class UserChoice {
  private final IdMapping usual;
  private final NamespaceDonors donors;

  /**
   * @param usual what containers get that ask for nothing
   */
  UserChoice(IdMapping usual, ContainerRegistry registry) {
    this.usual = usual;
    this.donors = new NamespaceDonors(registry);
  }

  /**
   * The specification with the mapping that the container is to have.
   *
   * @throws InvalidArgument for what goes with no mapping, or with that of another container
   */
  ContainerSpec given(ContainerSpec spec) {
    IdMapping ids = choose(spec);
    if (!ids.isNone()) {
      requirePossible(spec);
    }
    return spec.withNamespaces(spec.namespaces().withIds(ids));
  }

  private IdMapping choose(ContainerSpec spec) {
    NamespaceSpec asked = spec.namespaces();
    Optional<IdMapping> donor =
        donors.of(spec).map(container -> container.record().spec().namespaces().ids());
    if (asked.user() instanceof NamespaceMode.Host) {
      if (!asked.ids().isNone()) {
        throw new InvalidArgument("conflicting options: an id mapping and the host's users");
      }
      return shared(donor, IdMapping.none());
    }
    if (!asked.ids().isNone()) {
      return shared(donor, asked.ids());
    }
    if (asked.user() instanceof NamespaceMode.Remapped && usual.isNone()) {
      throw new InvalidArgument(
          "--userns=remap needs a daemon with --userns-remap, or --uidmap and --gidmap to say who"
              + " the users are");
    }
    // The one who is joined decides; in Docker all have the same.
    return donor.orElse(usual);
  }

  private static IdMapping shared(Optional<IdMapping> donor, IdMapping wanted) {
    if (donor.isPresent() && !donor.get().equals(wanted)) {
      throw new InvalidArgument(
          "conflicting options: a user namespace other than that of the container whose namespaces"
              + " are to be shared");
    }
    return wanted;
  }

  /** In Docker's words; the two spaces are Docker's, too. */
  private static void requirePossible(ContainerSpec spec) {
    if (spec.security().privileged()) {
      throw new InvalidArgument(
          "privileged mode is incompatible with user namespaces.  You must run the container in the"
              + " host namespace when running privileged mode");
    }
    if (spec.networking().mode().equals("host")) {
      throw new InvalidArgument(
          "cannot share the host's network namespace when user namespaces are enabled");
    }
    if (spec.namespaces().pid() instanceof NamespaceMode.Host) {
      throw new InvalidArgument(
          "cannot share the host PID namespace when user namespaces are enabled");
    }
  }
}

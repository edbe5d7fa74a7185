package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.Unsupported;
import java.util.List;
import java.util.Optional;

/**
 * The keys of HostConfig that jdocker has no feature for. Shown with Docker's zero values, accepted
 * with them, refused with any other.
 */
record UnsupportedDocument(
    String cgroup, Optional<List<String>> maskedPaths, Optional<List<String>> readonlyPaths) {

  /**
   * Refuses what was asked for and cannot be had.
   *
   * @throws Unsupported naming the key and the flag of the command line
   */
  void requireUnset() {
    refuse("MaskedPaths (--security-opt systempaths)", maskedPaths.isPresent());
    refuse("ReadonlyPaths (--security-opt systempaths)", readonlyPaths.isPresent());
  }

  static void refuse(String key, boolean set) {
    if (set) {
      throw new Unsupported("HostConfig." + key + " is not supported by this version of jdocker");
    }
  }
}

package io.jdocker.daemon.containers;

import io.jdocker.daemon.json.Key;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;
import java.util.Optional;

/**
 * The keys of HostConfig that jdocker has no feature for. Shown with Docker's zero values, accepted
 * with them, refused with any other.
 */
record UnsupportedDocument(
    @Key("ContainerIDFile") String containerIdFile,
    String volumeDriver,
    Optional<List<String>> volumesFrom,
    String cgroup,
    Optional<List<String>> maskedPaths,
    Optional<List<String>> readonlyPaths) {

  /**
   * Refuses what was asked for and cannot be had.
   *
   * @throws Unsupported naming the key and the flag of the command line
   */
  void requireUnset() {
    text("VolumeDriver (--volume-driver)", volumeDriver);
    list("VolumesFrom (--volumes-from)", volumesFrom.orElse(List.of()));
    refuse("MaskedPaths (--security-opt systempaths)", maskedPaths.isPresent());
    refuse("ReadonlyPaths (--security-opt systempaths)", readonlyPaths.isPresent());
  }

  private static void text(String key, String value) {
    refuse(key, !value.isEmpty());
  }

  private static void list(String key, List<?> value) {
    refuse(key, !value.isEmpty());
  }

  static void refuse(String key, boolean set) {
    if (set) {
      throw new Unsupported("HostConfig." + key + " is not supported by this version of jdocker");
    }
  }
}

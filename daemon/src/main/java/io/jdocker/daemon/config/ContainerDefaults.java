package io.jdocker.daemon.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a container gets that does not say otherwise.
 *
 * @param logDriver json-file where nobody has chosen
 * @param logOptions of that driver; a container's own win
 * @param shmSize of /dev/shm in bytes; 0 for the usual 64 MiB
 * @param init whether a first process reaps and forwards signals
 */
public record ContainerDefaults(
    String logDriver, Map<String, String> logOptions, long shmSize, boolean init) {
  /** Docker's own. */
  public static final ContainerDefaults STANDARD =
      new ContainerDefaults("json-file", Map.of(), 0, false);

  public ContainerDefaults {
    logOptions = Map.copyOf(logOptions);
  }

  /** The driver of a container that names this one, or none. */
  public String logDriver(String chosen) {
    return chosen.isEmpty() ? logDriver : chosen;
  }

  /** The options of a container with that driver: these too, if they are of the same. */
  public Map<String, String> logOptions(String driver, Map<String, String> chosen) {
    if (!driver.equals(logDriver)) {
      return chosen;
    }
    Map<String, String> merged = new LinkedHashMap<>(logOptions);
    merged.putAll(chosen);
    return merged;
  }
}

package io.jdocker.runtime.volume;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A volume.
 *
 * @param data the folder that containers see
 * @param anonymous made for one container, and removed with it where it was made by {@code --rm}
 * @param options of the driver local, see {@link LocalOptions}; empty: a plain folder
 */
public record Volume(
    String name,
    Path data,
    Instant created,
    Map<String, String> labels,
    boolean anonymous,
    Map<String, String> options) {
  /** The label that Docker gives to a volume without a name. */
  public static final String ANONYMOUS = "com.docker.volume.anonymous";

  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }
}

package io.jdocker.runtime.volume;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A volume.
 *
 * @param data the folder that containers see
 * @param anonymous made for one container, and removed with it where it was made by {@code --rm}
 */
public record Volume(
    String name, Path data, Instant created, Map<String, String> labels, boolean anonymous) {}

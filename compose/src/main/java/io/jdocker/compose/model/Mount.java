package io.jdocker.compose.model;

import java.util.Optional;

/**
 * A mount.
 *
 * @param type {@code bind}, {@code volume}, {@code tmpfs}, {@code image}, {@code npipe} or {@code
 *     cluster}
 * @param source a path of the host, a volume's key, an image; empty: a volume without a name
 */
public record Mount(
    String type,
    String source,
    String target,
    boolean readOnly,
    String propagation,
    boolean createHostPath,
    String selinux,
    boolean noCopy,
    String subpath,
    long tmpfsSize,
    Optional<Long> tmpfsMode) {}

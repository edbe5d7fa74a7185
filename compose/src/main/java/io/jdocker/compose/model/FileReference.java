package io.jdocker.compose.model;

import java.util.Optional;

/**
 * A secret or a config in a service.
 *
 * @param source its key in the project
 * @param target where it appears; empty: {@code /run/secrets/KEY}, {@code /KEY} for a config
 */
public record FileReference(
    String source, String target, String uid, String gid, Optional<Long> mode) {}

package io.jdocker.compose.model;

import java.util.Map;

/**
 * A volume of the project.
 *
 * @param name as the engine knows it
 * @param external true when it is not the project's to make or remove
 */
public record VolumeSpec(
    String key,
    String name,
    boolean external,
    String driver,
    Map<String, String> options,
    Map<String, String> labels) {}

package io.jdocker.compose.model;

import java.util.List;
import java.util.Map;

/**
 * A network of the project.
 *
 * @param name as the engine knows it
 * @param external true when it is not the project's to make or remove
 * @param driver empty: the engine's default
 */
public record NetworkSpec(
    String key,
    String name,
    boolean external,
    String driver,
    Map<String, String> options,
    boolean internal,
    boolean attachable,
    boolean ipv6,
    String ipamDriver,
    Map<String, String> ipamOptions,
    List<Pool> pools,
    Map<String, String> labels) {
  /** One range of addresses; empty texts are the engine's to choose. */
  public record Pool(
      String subnet, String ipRange, String gateway, Map<String, String> auxiliary) {}
}

package io.jdocker.runtime.build;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a build is given beside its context.
 *
 * @param secrets of {@code RUN --mount=type=secret}, by their ids; they are held in memory, and for
 *     the time of a step in a tmpfs
 * @param agents sockets of ssh agents for {@code RUN --mount=type=ssh}, by their ids
 * @param contexts more trees and images, by the names that FROM and {@code --from} know them by
 * @param contextFolder where in the sent archive the main context lies; empty: it is the whole
 */
public record BuildInputs(
    Map<String, byte[]> secrets,
    Map<String, Path> agents,
    Map<String, NamedContext> contexts,
    String contextFolder) {
  public BuildInputs {
    secrets = Map.copyOf(secrets);
    agents = Map.copyOf(agents);
    contexts = Map.copyOf(contexts);
  }

  /** The context alone. */
  public static BuildInputs none() {
    return new BuildInputs(Map.of(), Map.of(), Map.of(), "");
  }

  /** Not the secrets: what is printed may be kept. */
  @Override
  public String toString() {
    return "secrets " + secrets.keySet() + ", agents " + agents + ", contexts " + contexts;
  }
}

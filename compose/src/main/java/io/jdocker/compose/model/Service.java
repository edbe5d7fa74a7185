package io.jdocker.compose.model;

import io.jdocker.compose.yaml.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service: the recipe of its containers.
 *
 * @param dependsOn the services it needs, by name, those it names in other keys included
 * @param document its canonical form: what {@code config} prints and the hash is made of
 */
public record Service(
    String name,
    Identity identity,
    Origin origin,
    Command command,
    Confinement confinement,
    Resources resources,
    Connection connection,
    Storage storage,
    Map<String, Dependency> dependsOn,
    Optional<HealthCheck> healthCheck,
    Lifecycle lifecycle,
    Mapping document) {

  /**
   * What its containers are called and marked with.
   *
   * @param containerName empty: PROJECT-SERVICE-N
   */
  public record Identity(
      String containerName,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<String> profiles,
      boolean attach) {}

  /**
   * Where the image comes from.
   *
   * @param image empty when it is only built
   * @param pullPolicy {@code always}, {@code never}, {@code missing}, {@code build}, {@code daily}
   *     and the like; empty for the default
   */
  public record Origin(
      String image, Optional<Build> build, String pullPolicy, String platform, String runtime) {}

  /**
   * The process.
   *
   * @param words the command; empty list: the image's; absent when the file says nothing
   * @param environment a variable without a value is taken away from the image
   */
  public record Command(
      Optional<List<String>> entrypoint,
      Optional<List<String>> words,
      Map<String, Optional<String>> environment,
      String user,
      List<String> groupAdd,
      String workingDirectory,
      boolean tty,
      boolean stdinOpen,
      Optional<Boolean> init) {}

  /** How long it lives and how it ends. */
  public record Lifecycle(
      int replicas,
      String restart,
      int restartAttempts,
      String stopSignal,
      Optional<java.time.Duration> stopGracePeriod,
      Optional<Logging> logging) {}

  /** A log driver and its options. */
  public record Logging(String driver, Map<String, String> options) {}

  /** What is mounted in it. */
  public record Storage(
      List<Mount> mounts,
      List<String> tmpfs,
      List<String> volumesFrom,
      List<FileReference> secrets,
      List<FileReference> configs,
      Map<String, String> options) {}
}

package io.jdocker.images;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image's configuration says: the defaults of its containers, its platform, its layers and
 * its history. Lists and texts are empty where the image sets nothing. Immutable.
 *
 * @param user {@code user[:group]}, names or numbers
 * @param exposedPorts as {@code 80/tcp}
 * @param env as {@code NAME=value}
 * @param volumes absolute paths
 * @param stopSignal name or number, empty for SIGTERM
 * @param stopTimeout seconds between stop signal and SIGKILL
 * @param diffIds digests of the uncompressed layers, base first
 * @param history one entry for each instruction, oldest first
 */
public record ImageConfig(
    String user,
    List<String> exposedPorts,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    List<String> volumes,
    String workingDir,
    Map<String, String> labels,
    String stopSignal,
    Optional<Integer> stopTimeout,
    Optional<Healthcheck> healthcheck,
    List<String> shell,
    List<String> onBuild,
    boolean argsEscaped,
    String os,
    String architecture,
    String variant,
    String osVersion,
    String author,
    String comment,
    String dockerVersion,
    Optional<Instant> created,
    List<Digest> diffIds,
    List<HistoryEntry> history) {

  /**
   * One instruction that made the image.
   *
   * @param emptyLayer true when it changed no file, so has no layer
   */
  public record HistoryEntry(
      Optional<Instant> created,
      String createdBy,
      String author,
      String comment,
      boolean emptyLayer) {}
}

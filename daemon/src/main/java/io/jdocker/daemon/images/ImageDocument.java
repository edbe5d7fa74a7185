package io.jdocker.daemon.images;

import com.google.gson.JsonElement;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.daemon.json.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docker inspect} of an image. */
record ImageDocument(
    String id,
    List<String> repoTags,
    List<String> repoDigests,
    String parent,
    String comment,
    Instant created,
    @OmitEmpty Optional<String> container,
    @OmitEmpty Optional<ImageConfigDocument> containerConfig,
    String dockerVersion,
    String author,
    ImageConfigDocument config,
    String architecture,
    @OmitEmpty String variant,
    String os,
    @OmitEmpty String osVersion,
    long size,
    @OmitEmpty long virtualSize,
    GraphDriverDocument graphDriver,
    @Key("RootFS") RootFsDocument rootFs,
    MetadataDocument metadata) {

  record GraphDriverDocument(Map<String, String> data, String name) {}

  record RootFsDocument(String type, List<String> layers) {}

  record MetadataDocument(Instant lastTagTime) {}

  record ImageConfigDocument(
      String user,
      @OmitEmpty Map<String, JsonElement> exposedPorts,
      List<String> env,
      Optional<Words> cmd,
      @OmitEmpty Optional<HealthcheckDocument> healthcheck,
      @OmitEmpty boolean argsEscaped,
      @OmitEmpty Map<String, JsonElement> volumes,
      String workingDir,
      Optional<Words> entrypoint,
      Optional<List<String>> onBuild,
      Map<String, String> labels,
      @OmitEmpty String stopSignal,
      @OmitEmpty List<String> shell) {}

  record HealthcheckDocument(
      List<String> test,
      @OmitEmpty long interval,
      @OmitEmpty long timeout,
      @OmitEmpty long startPeriod,
      @OmitEmpty long startInterval,
      @OmitEmpty int retries) {}
}

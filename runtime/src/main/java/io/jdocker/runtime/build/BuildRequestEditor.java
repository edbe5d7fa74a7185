package io.jdocker.runtime.build;

import io.jdocker.images.ImageReference;
import io.jdocker.images.registry.Credentials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request with each of its parts open to change; begins as that of a nameless image. */
final class BuildRequestEditor {
  String dockerfile = "";
  List<ImageReference> tags = List.of();
  Map<String, Optional<String>> arguments = new LinkedHashMap<>();
  Map<String, String> labels = new LinkedHashMap<>();
  String target = "";
  boolean noCache;
  boolean pull;
  String network = "none";
  List<String> extraHosts = List.of();
  long shmSize;
  Map<String, Credentials> credentials = Map.of();
  boolean explainMisses;
  BuildInputs inputs = BuildInputs.none();

  BuildRequestEditor() {}

  BuildRequestEditor(BuildRequest from) {
    dockerfile = from.dockerfile();
    tags = from.tags();
    arguments = new LinkedHashMap<>(from.arguments());
    labels = new LinkedHashMap<>(from.labels());
    target = from.target();
    noCache = from.noCache();
    pull = from.pull();
    network = from.network();
    extraHosts = from.extraHosts();
    shmSize = from.shmSize();
    credentials = from.credentials();
    explainMisses = from.explainMisses();
    inputs = from.inputs();
  }

  BuildRequest request() {
    return new BuildRequest(
        dockerfile,
        tags,
        arguments,
        labels,
        target,
        noCache,
        pull,
        network,
        extraHosts,
        shmSize,
        credentials,
        explainMisses,
        inputs);
  }
}

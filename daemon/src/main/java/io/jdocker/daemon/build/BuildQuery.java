package io.jdocker.daemon.build;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.daemon.http.Query;
import io.jdocker.images.ImageReference;
import io.jdocker.images.Platform;
import io.jdocker.images.registry.Credentials;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.BuildRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the parameters of a build; what cannot be done is refused, not dropped. */
final class BuildQuery {
  private static final List<String> LIMITS =
      List.of(
          "memory",
          "memswap",
          "cpushares",
          "cpuperiod",
          "cpuquota",
          "cpusetcpus",
          "cpusetmems",
          "cgroupparent");

  private BuildQuery() {}

  /**
   * Reads them.
   *
   * @param credentials for registries, by their names
   * @param inputs what came beside the context
   */
  static BuildRequest read(Query query, Map<String, Credentials> credentials, BuildInputs inputs) {
    refuse(query);
    List<ImageReference> tags =
        query.all("t").stream()
            .filter(tag -> !tag.isEmpty())
            .map(ImageReference::parse)
            .map(ImageReference::withDefaultTag)
            .toList();
    Map<String, String> labels = new LinkedHashMap<>();
    object(query, "labels").forEach((name, value) -> labels.put(name, value.orElse("")));
    String network = query.text("networkmode").orElse("");
    return new BuildRequest(
        query.text("dockerfile").orElse(""),
        tags,
        object(query, "buildargs"),
        labels,
        query.text("target").orElse(""),
        query.flag("nocache"),
        query.flag("pull"),
        network.equals("default") ? "" : network,
        extraHosts(query),
        query.text("shmsize").map(BuildQuery::size).orElse(0L),
        credentials,
        query.flag("jdocker-explain-cache"),
        inputs);
  }

  /** Docker's client sends each as a parameter of its own; one may also hold several. */
  private static List<String> extraHosts(Query query) {
    return query.all("extrahosts").stream()
        .flatMap(hosts -> Stream.of(hosts.split(",", -1)))
        .filter(host -> !host.isEmpty())
        .toList();
  }

  private static void refuse(Query query) {
    if (query.text("version").filter("2"::equals).isPresent()) {
      throw new Unsupported("BuildKit's protocol is not supported: build with DOCKER_BUILDKIT=0");
    }
    query
        .text("remote")
        .filter(remote -> !remote.equals("client-session"))
        .ifPresent(
            remote -> {
              throw new Unsupported("a build context by its address is not supported: " + remote);
            });
    for (String limit : LIMITS) {
      if (query.text(limit).filter(v -> !v.equals("0")).isPresent()) {
        throw new Unsupported("build with " + limit + " is not supported");
      }
    }
    if (query.text("ulimits").filter(v -> !v.equals("[]") && !v.equals("null")).isPresent()) {
      throw new Unsupported("build with ulimits is not supported");
    }
    if (query.all("securityopt").stream().anyMatch(option -> !option.isEmpty())) {
      throw new Unsupported("build with securityopt is not supported");
    }
    if (query.text("isolation").filter(v -> !v.equals("default")).isPresent()) {
      throw new Unsupported("build with isolation is not supported");
    }
    if (query.flag("squash")) {
      throw new Unsupported("build with --squash is not supported");
    }
    Optional<Platform> platform = query.text("platform").map(Platform::parse);
    if (platform
        .filter(p -> !p.architecture().equals(Platform.host().architecture()))
        .isPresent()) {
      throw new Unsupported("cannot build for " + platform.get() + " on " + Platform.host());
    }
  }

  private static long size(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new InvalidArgument("invalid value \"" + text + "\" for shmsize: not a number");
    }
    return Long.parseLong(text);
  }

  /** A map in JSON; a null value is a name without one. */
  private static Map<String, Optional<String>> object(Query query, String name) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    Optional<String> text = query.text(name);
    if (text.isEmpty()) {
      return values;
    }
    try {
      JsonElement element = JsonParser.parseString(text.get());
      if (element.isJsonNull()) {
        return values;
      }
      JsonObject object = element.getAsJsonObject();
      for (String key : object.keySet()) {
        JsonElement value = object.get(key);
        values.put(key, value.isJsonNull() ? Optional.empty() : Optional.of(text(value, name)));
      }
      return values;
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new InvalidArgument("error reading " + name + ": no JSON object of texts", e);
    }
  }

  /** Gson would take a number, or a list of one text, for a text. */
  private static String text(JsonElement value, String name) {
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new InvalidArgument("error reading " + name + ": " + value + " is no text");
    }
    return value.getAsString();
  }
}

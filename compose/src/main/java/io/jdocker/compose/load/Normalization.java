package io.jdocker.compose.load;

import io.jdocker.compose.variable.EnvironmentFile;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Position;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says out loud what a merged document leaves unsaid: variables of files and of the caller, the
 * default network, the names of networks and volumes.
 */
final class Normalization {
  private static final String DEFAULT = "default";

  private final String project;
  private final Path directory;
  private final Map<String, String> variables;

  Normalization(String project, Path directory, Map<String, String> variables) {
    this.project = project;
    this.directory = directory;
    this.variables = variables;
  }

  Mapping apply(Mapping document) {
    Mapping services = document.mapping("services");
    boolean usesDefault = false;
    for (String name : services.names()) {
      Value value = services.find(name).orElseThrow();
      if (value instanceof Mapping service) {
        Mapping whole = networks(labels(environment(service, name), name));
        usesDefault |= whole.mapping("networks").has(DEFAULT);
        services = services.with(name, services.keyPosition(name), whole);
      }
    }
    Mapping done = document.with("name", Scalar.text(project, document.position()));
    done = done.with("services", services);
    if (usesDefault && !done.mapping("networks").has(DEFAULT)) {
      Position at = document.position();
      done = done.with("networks", done.mapping("networks").with(DEFAULT, at, Mapping.empty(at)));
    }
    for (String section : new String[] {"networks", "volumes", "secrets", "configs"}) {
      done = named(done, section);
    }
    return done.without("version");
  }

  private Mapping environment(Mapping service, String name) {
    Mapping own = service.mapping("environment");
    Mapping all = Mapping.empty(own.position());
    if (service.find("env_file").orElse(null) instanceof Sequence files) {
      for (Value item : files.items()) {
        all = fromFile(all, item, "services." + name + ".env_file");
      }
    }
    for (String key : own.names()) {
      Value value = own.find(key).orElseThrow();
      if (value.isNull() && variables.containsKey(key)) {
        value = Scalar.text(variables.get(key), value.position());
      } else if (value instanceof Scalar scalar && !scalar.isNull()) {
        // As the process gets it: a text, whatever YAML reads in it.
        value = Scalar.text(scalar.text(), scalar.position());
      }
      all = all.with(key, own.keyPosition(key), value);
    }
    Mapping done = service.without("env_file");
    boolean isWrongKind = service.has("environment") && own.names().isEmpty();
    return all.names().isEmpty() || isWrongKind ? done : done.with("environment", all);
  }

  private Mapping fromFile(Mapping all, Value item, String path) {
    if (!(item instanceof Mapping file) || !(file.find("path").orElse(null) instanceof Scalar at)) {
      throw Mistake.at(item.position(), path, "must be a path or a mapping with a path");
    }
    boolean isRequired =
        !(file.find("required").orElse(null) instanceof Scalar required)
            || !required.text().equals("false");
    Mapping more = all;
    try {
      Map<String, String> read = EnvironmentFile.read(Path.of(at.text()), variables);
      for (Map.Entry<String, String> entry : read.entrySet()) {
        more = more.with(entry.getKey(), Scalar.text(entry.getValue(), at.position()));
      }
    } catch (NotFound e) {
      if (isRequired) {
        throw Mistake.at(at.position(), "", e.getMessage());
      }
    }
    return more;
  }

  private Mapping labels(Mapping service, String name) {
    if (!(service.find("label_file").orElse(null) instanceof Sequence files)) {
      return service;
    }
    Mapping labels = Mapping.empty(files.position());
    for (Value item : files.items()) {
      if (!(item instanceof Scalar file)) {
        throw Mistake.at(item.position(), "services." + name + ".label_file", "must be a path");
      }
      Path path = directory.resolve(file.text());
      for (Map.Entry<String, String> entry : EnvironmentFile.read(path, variables).entrySet()) {
        labels = labels.with(entry.getKey(), Scalar.text(entry.getValue(), file.position()));
      }
    }
    Mapping own = service.mapping("labels");
    for (String key : own.names()) {
      labels = labels.with(key, own.keyPosition(key), own.find(key).orElseThrow());
    }
    return service.without("label_file").with("labels", labels);
  }

  /** A service that says nothing of networks is on the project's own. */
  private static Mapping networks(Mapping service) {
    boolean hasMode = service.find("network_mode").filter(value -> !value.isNull()).isPresent();
    boolean hasNetworks = service.find("networks").filter(value -> !value.isNull()).isPresent();
    if (hasMode || (hasNetworks && !service.mapping("networks").names().isEmpty())) {
      return service;
    }
    if (hasNetworks && !(service.find("networks").orElseThrow() instanceof Mapping)) {
      return service; // a mistake, which the parser words
    }
    Position at = service.position();
    return service.with("networks", Mapping.empty(at).with(DEFAULT, at, Scalar.nothing(at)));
  }

  private Mapping named(Mapping document, String section) {
    if (!(document.find(section).orElse(null) instanceof Mapping resources)) {
      return document;
    }
    Mapping all = resources;
    for (String key : resources.names()) {
      Value value = resources.find(key).orElseThrow();
      Mapping resource =
          value instanceof Mapping mapping ? mapping : Mapping.empty(value.position());
      if (!resource.has("name") && (value.isNull() || value instanceof Mapping)) {
        boolean isExternal =
            resource.find("external").orElse(null) instanceof Mapping
                || (resource.find("external").orElse(null) instanceof Scalar external
                    && external.text().equals("true"));
        String name = isExternal ? externalName(resource, key) : project + "_" + key;
        all = all.with(key, resources.keyPosition(key), resource.with("name", name));
      }
    }
    return document.with(section, all);
  }

  private static String externalName(Mapping resource, String key) {
    return resource.mapping("external").find("name").orElse(null) instanceof Scalar name
        ? name.text()
        : key;
  }
}

package io.jdocker.compose.parse;

import io.jdocker.compose.model.ContentSpec;
import io.jdocker.compose.model.NetworkSpec;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.model.VolumeSpec;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of a whole document in canonical form, its variables and names filled in. */
public final class ProjectParser {
  private final Fields document;
  private final String project;
  private final Map<String, String> variables;

  /**
   * Prepares it, and refuses keys that no project has.
   *
   * @param project the project's name, part of the names of its networks and volumes
   * @param variables the caller's, for contents that are a variable's value
   */
  public ProjectParser(Mapping document, String project, Map<String, String> variables) {
    this.document = Fields.of(document, "");
    this.project = project;
    this.variables = variables;
    this.document
        .ignoring("name", "version", "services", "networks", "volumes", "secrets", "configs")
        .ignoring("include")
        .end();
  }

  /** Every service. */
  public Map<String, Service> services() {
    Map<String, Service> services = new LinkedHashMap<>();
    Map<String, Fields> each = document.each("services");
    Mapping section =
        document.value("services").map(Mapping.class::cast).orElse(Mapping.empty(null));
    for (String name : each.keySet()) {
      requireName("services", section, name);
      Value value = section.find(name).orElseThrow();
      Mapping service = value instanceof Mapping m ? m : Mapping.empty(value.position());
      services.put(name, new ServiceParser(name, value).parse(service));
    }
    return services;
  }

  private void requireName(String section, Mapping names, String name) {
    if (!name.matches("[a-zA-Z0-9._-]+")) {
      throw io.jdocker.compose.yaml.Mistake.at(
          names.keyPosition(name), section, "additional properties '" + name + "' not allowed");
    }
  }

  /** Every network. */
  public Map<String, NetworkSpec> networks() {
    Map<String, NetworkSpec> networks = new LinkedHashMap<>();
    document.each("networks").forEach((key, fields) -> networks.put(key, network(key, fields)));
    return networks;
  }

  private NetworkSpec network(String key, Fields fields) {
    Named named = Named.of(fields, key, project);
    Map<String, String> ipamOptions = Map.of();
    String ipamDriver = "";
    List<NetworkSpec.Pool> pools = new ArrayList<>();
    var ipam = fields.below("ipam");
    if (ipam.isPresent()) {
      ipamDriver = ipam.get().text("driver");
      ipamOptions = ipam.get().map("options");
      for (Fields pool : ipam.get().items("config")) {
        pools.add(
            new NetworkSpec.Pool(
                pool.text("subnet"),
                pool.text("ip_range"),
                pool.text("gateway"),
                pool.map("aux_addresses")));
        pool.end();
      }
      ipam.get().end();
    }
    NetworkSpec spec =
        new NetworkSpec(
            key,
            named.name,
            named.external,
            fields.text("driver"),
            fields.map("driver_opts"),
            fields.flag("internal"),
            fields.flag("attachable"),
            fields.flag("enable_ipv6"),
            ipamDriver,
            ipamOptions,
            pools,
            fields.map("labels"));
    fields.ignoring("enable_ipv4").end();
    return spec;
  }

  /** Every volume. */
  public Map<String, VolumeSpec> volumes() {
    Map<String, VolumeSpec> volumes = new LinkedHashMap<>();
    for (Map.Entry<String, Fields> entry : document.each("volumes").entrySet()) {
      Fields fields = entry.getValue();
      Named named = Named.of(fields, entry.getKey(), project);
      volumes.put(
          entry.getKey(),
          new VolumeSpec(
              entry.getKey(),
              named.name,
              named.external,
              fields.text("driver"),
              fields.map("driver_opts"),
              fields.map("labels")));
      fields.end();
    }
    return volumes;
  }

  /** Every secret. */
  public Map<String, ContentSpec> secrets() {
    return contents("secrets");
  }

  /** Every config. */
  public Map<String, ContentSpec> configs() {
    return contents("configs");
  }

  private Map<String, ContentSpec> contents(String section) {
    Map<String, ContentSpec> contents = new LinkedHashMap<>();
    for (Map.Entry<String, Fields> entry : document.each(section).entrySet()) {
      Fields fields = entry.getValue();
      Named named = Named.of(fields, entry.getKey(), project);
      fields.ignoring("driver", "driver_opts", "labels", "template_driver");
      ContentSpec spec =
          new ContentSpec(entry.getKey(), named.name, source(fields, named, section));
      contents.put(entry.getKey(), spec);
      fields.end();
    }
    return contents;
  }

  private ContentSpec.Source source(Fields fields, Named named, String section) {
    List<String> given = new ArrayList<>();
    for (String key : List.of("file", "environment", "content")) {
      if (fields.has(key)) {
        given.add(key);
      }
    }
    if (named.external) {
      return new ContentSpec.External();
    }
    if (given.size() != 1) {
      throw fields.misplaced(
          "file",
          "must have exactly one of file, environment and content ("
              + (given.isEmpty() ? "none given" : String.join(", ", given))
              + ")");
    }
    return switch (given.get(0)) {
      case "file" -> new ContentSpec.HostFile(fields.text("file"));
      case "content" -> new ContentSpec.Inline(fields.text("content"));
      default -> {
        String variable = fields.text("environment");
        if (!variables.containsKey(variable)) {
          throw fields.mistake(
              "environment",
              "environment variable \""
                  + variable
                  + "\" required by "
                  + section.substring(0, section.length() - 1)
                  + " is not set");
        }
        yield new ContentSpec.Variable(variable, variables.get(variable));
      }
    };
  }

  /** What a resource is called, and whose it is. */
  private record Named(String name, boolean external) {
    static Named of(Fields fields, String key, String project) {
      boolean external = false;
      String name = fields.text("name");
      var value = fields.value("external");
      if (value.isPresent() && value.get() instanceof Mapping) {
        // The form of version 2 files: the name below.
        Fields below = fields.below("external").orElseThrow();
        name = below.has("name") ? below.text("name") : name;
        external = true;
        below.end();
      } else {
        external = fields.flag("external");
      }
      String otherwise = external ? key : project + "_" + key;
      return new Named(name.isEmpty() ? otherwise : name, external);
    }
  }
}

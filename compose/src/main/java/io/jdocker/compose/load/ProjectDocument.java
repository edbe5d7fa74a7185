package io.jdocker.compose.load;

import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.Mount;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A project as one document again: only what is active and used, and a file that reads the same.
 */
public final class ProjectDocument {
  private ProjectDocument() {}

  /** The document; {@code named} services alone when there are any. */
  public static Mapping of(Project project, List<String> named) {
    Mapping services = Mapping.empty(project.document().position());
    Set<String> networks = new LinkedHashSet<>();
    Set<String> volumes = new LinkedHashSet<>();
    Set<String> secrets = new LinkedHashSet<>();
    Set<String> configs = new LinkedHashSet<>();
    for (Service service : project.services().values()) {
      if (!named.isEmpty() && !named.contains(service.name())) {
        continue;
      }
      services = services.with(service.name(), whole(service));
      networks.addAll(service.connection().networks().keySet());
      service.storage().mounts().stream().map(Mount::source).forEach(volumes::add);
      service.storage().secrets().stream().map(FileReference::source).forEach(secrets::add);
      service.storage().configs().stream().map(FileReference::source).forEach(configs::add);
    }
    Mapping document = project.document().without("include").with("services", services);
    document = used(document, "networks", networks);
    document = used(document, "volumes", volumes);
    document = used(document, "secrets", secrets);
    return (Mapping) escaped(used(document, "configs", configs));
  }

  private static Mapping whole(Service service) {
    Mapping document = service.document().without("extends");
    for (String key : List.of("command", "entrypoint")) {
      var words =
          key.equals("command") ? service.command().words() : service.command().entrypoint();
      Value value =
          words.isPresent()
              ? Sequence.texts(words.get(), document.position())
              : Scalar.nothing(document.position());
      document = document.with(key, value);
    }
    return document;
  }

  private static Mapping used(Mapping document, String section, Set<String> keys) {
    Mapping all = document.mapping(section);
    for (String key : all.names()) {
      all = keys.contains(key) ? all : all.without(key);
    }
    return all.names().isEmpty() ? document.without(section) : document.with(section, all);
  }

  /** A dollar sign would be read as a variable's. */
  private static Value escaped(Value value) {
    if (value instanceof Mapping mapping) {
      Mapping escaped = mapping;
      for (Map.Entry<String, Value> member : mapping.members().entrySet()) {
        escaped = escaped.with(member.getKey(), escaped(member.getValue()));
      }
      return escaped;
    }
    if (value instanceof Sequence sequence) {
      List<Value> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(escaped(item)));
      return sequence.withItems(items);
    }
    Scalar scalar = (Scalar) value;
    return scalar.withText(scalar.text().replace("$", "$$"));
  }
}

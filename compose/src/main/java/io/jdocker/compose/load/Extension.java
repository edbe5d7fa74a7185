package io.jdocker.compose.load;

import io.jdocker.compose.merge.Merge;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Position;
import io.jdocker.compose.yaml.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code extends}: a service that begins as another one of this file, or of another. */
final class Extension {
  private final FileReading reading;
  private final Mapping earlier;

  /**
   * Prepares it.
   *
   * @param earlier the files before, whose services can be extended too
   */
  Extension(FileReading reading, Mapping earlier) {
    this.reading = reading;
    this.earlier = earlier;
  }

  /** The document with every service whole. */
  Mapping apply(Mapping document, Path file) {
    Mapping services = document.mapping("services");
    Mapping whole = services;
    for (String name : services.names()) {
      if (services.find(name).orElseThrow() instanceof Mapping service && service.has("extends")) {
        whole = whole.with(name, resolved(name, service, document, file, List.of()));
      }
    }
    return services.names().isEmpty() ? document : document.with("services", whole);
  }

  private Mapping resolved(
      String name, Mapping service, Mapping document, Path file, List<String> chain) {
    Mapping parent = service.mapping("extends");
    if (parent.names().isEmpty()) {
      return service.without("extends");
    }
    String link = file + "#" + name;
    if (chain.contains(link)) {
      List<String> ring = new ArrayList<>(chain.subList(chain.indexOf(link), chain.size()));
      ring.add(link);
      throw Mistake.at(
          service.keyPosition("extends"),
          "",
          "circular reference with extends: " + String.join(" extends ", ring));
    }
    List<String> longer = new ArrayList<>(chain);
    longer.add(link);
    String base = text(parent, "service", name);
    Optional<String> elsewhere =
        parent.find("file").filter(Scalar.class::isInstance).map(v -> ((Scalar) v).text());
    Path baseFile = elsewhere.map(Path::of).orElse(file);
    Mapping baseDocument = elsewhere.isPresent() ? reading.extended(baseFile) : document;
    Optional<Mapping> found = find(baseDocument, base);
    if (found.isEmpty() && elsewhere.isEmpty()) {
      found = find(earlier, base);
    }
    if (found.isEmpty()) {
      throw missing(parent.position(), name, base, baseFile);
    }
    Mapping whole =
        found.get().has("extends")
            ? resolved(base, found.get(), baseDocument, baseFile, longer)
            : found.get();
    return Merge.mappings(Merge.withoutResets(whole), service.without("extends"));
  }

  private static Optional<Mapping> find(Mapping document, String name) {
    return document
        .mapping("services")
        .find(name)
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast);
  }

  private static String text(Mapping parent, String key, String name) {
    if (parent.find(key).orElse(null) instanceof Scalar text && !text.text().isEmpty()) {
      return text.text();
    }
    throw Mistake.at(parent.position(), "services." + name + ".extends", "must have a 'service'");
  }

  private static RuntimeException missing(Position at, String name, String base, Path file) {
    return Mistake.at(
        at,
        "",
        "cannot extend service \""
            + name
            + "\" in "
            + file
            + ": service \""
            + base
            + "\" not found");
  }
}

package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.request.ConfigHash;
import io.jdocker.cli.compose.request.Names;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.compose.load.ProjectDocument;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.compose.yaml.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code jdocker compose config}: the project as it is understood. */
record ConfigVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose config",
        "[OPTIONS] [SERVICE...]",
        "Parse, resolve and render compose file in canonical format",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.STRING, "format", "Format the output. Values: [yaml | json]")
            .add(FlagKind.STRING, "hash", "Print the service config hash, one per line")
            .add(FlagKind.BOOL, "images", "Print the image names, one per line")
            .add(FlagKind.BOOL, "networks", "Print the network names, one per line")
            .add(FlagKind.STRING, 'o', "output", "Save to file (default to stdout)")
            .add(FlagKind.BOOL, "profiles", "Print the profile names, one per line")
            .add(FlagKind.BOOL, 'q', "quiet", "Only validate the configuration")
            .add(FlagKind.BOOL, "services", "Print the service names, one per line")
            .add(FlagKind.BOOL, "volumes", "Print the volume names, one per line"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Composition composition = Composition.open(session, options, line.arguments());
    Project project = composition.project();
    if (line.isSet("quiet")) {
      return 0;
    }
    String text = text(line, project);
    if (line.has("output")) {
      Files.writeString(Path.of(line.text("output")), text);
    } else {
      session.console().print(text);
    }
    return 0;
  }

  private String text(Parsed line, Project project) {
    if (line.isSet("services")) {
      return lines(project.services().keySet());
    }
    if (line.isSet("volumes")) {
      return lines(project.volumes().keySet());
    }
    if (line.isSet("networks")) {
      return lines(project.networks().keySet());
    }
    if (line.isSet("images")) {
      return lines(project.services().values().stream().map(s -> Names.image(project, s)).toList());
    }
    if (line.isSet("profiles")) {
      TreeSet<String> profiles = new TreeSet<>();
      project.services().values().forEach(s -> profiles.addAll(s.identity().profiles()));
      return lines(profiles);
    }
    if (line.has("hash")) {
      return hashes(line.text("hash"), project);
    }
    Mapping document = ProjectDocument.of(project, line.arguments());
    return switch (line.text("format")) {
      case "", "yaml" -> DocumentText.yaml(document);
      case "json" -> DocumentText.indentedJson(document);
      default -> throw new CommandFailure("unsupported format \"" + line.text("format") + "\"");
    };
  }

  private static String hashes(String asked, Project project) {
    Map<String, Service> services = new TreeMap<>(project.services());
    if (!asked.equals("*")) {
      List<String> named = List.of(asked.split(",", -1));
      for (String name : named) {
        if (!services.containsKey(name)) {
          throw new CommandFailure("no such service: " + name);
        }
      }
      services.keySet().retainAll(named);
    }
    StringBuilder text = new StringBuilder();
    services.forEach(
        (name, service) ->
            text.append(name).append(' ').append(ConfigHash.of(project, service)).append('\n'));
    return text.toString();
  }

  private static String lines(Collection<String> names) {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append(name).append('\n'));
    return text.toString();
  }
}

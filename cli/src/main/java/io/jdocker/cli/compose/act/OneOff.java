package io.jdocker.cli.compose.act;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.request.ConfigHash;
import io.jdocker.cli.compose.request.CopiedFiles;
import io.jdocker.cli.compose.request.CreateDocument;
import io.jdocker.cli.compose.request.Names;
import io.jdocker.cli.container.request.ContainerRequest;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.CommandLineParser;
import io.jdocker.cli.option.Parsed;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A container of a service for one command: as the service's own, with what the command line says
 * in place of what the file says.
 */
public final class OneOff {
  private static final int SLUG = 12;

  private final Undertaking undertaking;
  private final List<String> environmentFiles;
  private final Parsed line;

  public OneOff(Undertaking undertaking, List<String> environmentFiles, Parsed line) {
    this.undertaking = undertaking;
    this.environmentFiles = environmentFiles;
    this.line = line;
  }

  /** Creates it and returns its id. */
  public String create(ProjectEngine engine, String name, boolean isTty, boolean input)
      throws IOException {
    Project project = undertaking.project();
    Service service = project.services().get(name);
    String slug = UUID.randomUUID().toString().replace("-", "").substring(0, SLUG);
    String containerName = line.find("name").orElse(project.name() + "-" + name + "-run-" + slug);
    String imageId = Images.id(engine, Names.image(project, service));
    Map<String, String> labels =
        new LinkedHashMap<>(
            new ContainerLabels(project, environmentFiles)
                .of(service, 1, true, ConfigHash.of(project, service), imageId));
    labels.put("com.docker.compose.slug", slug);
    CreateDocument.Particulars particulars =
        new CreateDocument.Particulars(
            containerName,
            containerName,
            labels,
            Map.of(),
            Namespaces.containers(engine, service),
            line.isSet("service-ports"),
            line.isSet("use-aliases"));
    JsonObject document = new CreateDocument(project, service, particulars).build();
    overrideConfig(document, isTty, input);
    overrideHost(document.getAsJsonObject("HostConfig"), document);
    ApiObject created = engine.create(containerName, service.origin().platform(), document);
    created.texts("Warnings").forEach(undertaking.board()::warning);
    CopiedFiles.of(project, service).putInto(engine.api(), created.text("Id"));
    return created.text("Id");
  }

  private void overrideConfig(JsonObject document, boolean isTty, boolean input) {
    document.addProperty("Tty", isTty);
    document.addProperty("AttachStdin", input);
    document.addProperty("OpenStdin", input);
    document.addProperty("StdinOnce", input);
    List<String> command = line.arguments().subList(1, line.arguments().size());
    line.find("entrypoint")
        .ifPresent(
            entrypoint -> {
              document.add("Entrypoint", JsonBody.array(List.of(entrypoint.split(" +", -1))));
              document.remove("Cmd");
            });
    if (!command.isEmpty()) {
      document.add("Cmd", JsonBody.array(command));
    }
    line.find("user").ifPresent(user -> document.addProperty("User", user));
    line.find("workdir").ifPresent(folder -> document.addProperty("WorkingDir", folder));
    List<String> variables =
        ContainerRequest.variables(
            List.of(), line.list("env"), undertaking.session().environment());
    document.add("Env", environment(document, variables));
    for (String label : line.list("label")) {
      int equals = label.indexOf('=');
      document
          .getAsJsonObject("Labels")
          .addProperty(
              equals < 0 ? label : label.substring(0, equals),
              equals < 0 ? "" : label.substring(equals + 1));
    }
  }

  /** The service's variables, then those of the command line, which replace them. */
  private static JsonArray environment(JsonObject document, List<String> variables) {
    Map<String, String> byName = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(new ApiObject(document).texts("Env"));
    all.addAll(variables);
    for (String variable : all) {
      int equals = variable.indexOf('=');
      byName.put(equals < 0 ? variable : variable.substring(0, equals), variable);
    }
    return JsonBody.array(new ArrayList<>(byName.values()));
  }

  private void overrideHost(JsonObject host, JsonObject document) {
    // One command that ends is the purpose: it is not started again.
    host.remove("RestartPolicy");
    if (line.isSet("rm")) {
      host.addProperty("AutoRemove", true);
    }
    append(host, "CapAdd", line.list("cap-add"));
    append(host, "CapDrop", line.list("cap-drop"));
    List<String> words = new ArrayList<>();
    line.list("publish").forEach(port -> words.addAll(List.of("-p", port)));
    line.list("volume").forEach(volume -> words.addAll(List.of("-v", volume)));
    if (words.isEmpty()) {
      return;
    }
    // Read as those of run are.
    words.add("image");
    Parsed parsed =
        new CommandLineParser(new io.jdocker.cli.container.RunVerb().synopsis()).parse(words);
    JsonObject other =
        new ContainerRequest(parsed, false, Map.of())
            .build(java.nio.file.Path.of("").toAbsolutePath());
    merge(document, other, "ExposedPorts");
    merge(host, other.getAsJsonObject("HostConfig"), "PortBindings");
    append(host, "Binds", new ApiObject(other.getAsJsonObject("HostConfig")).texts("Binds"));
  }

  private static void append(JsonObject host, String member, List<String> more) {
    if (!more.isEmpty()) {
      List<String> all = new ArrayList<>(new ApiObject(host).texts(member));
      all.addAll(more);
      host.add(member, JsonBody.array(all));
    }
  }

  private static void merge(JsonObject target, JsonObject source, String member) {
    JsonObject merged = new ApiObject(target).object(member).json();
    for (Map.Entry<String, JsonElement> entry :
        new ApiObject(source).object(member).json().entrySet()) {
      merged.add(entry.getKey(), entry.getValue());
    }
    target.add(member, merged);
  }
}

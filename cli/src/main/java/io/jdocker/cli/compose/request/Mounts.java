package io.jdocker.cli.compose.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.compose.model.ContentSpec;
import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.Mount;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.model.VolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The mounts of a service: {@code Binds} for what a host path or a volume's name says, {@code
 * Mounts} for what needs the long form.
 */
final class Mounts {
  private final Project project;
  private final Service service;
  private final List<String> binds = new ArrayList<>();
  private final JsonArray mounts = new JsonArray();

  private Mounts(Project project, Service service) {
    this.project = project;
    this.service = service;
  }

  /**
   * Puts them into a HostConfig.
   *
   * @param inherited volumes without a name, by target, that an earlier container had
   */
  static void put(
      Project project, Service service, Map<String, String> inherited, JsonBody hostConfig) {
    Mounts all = new Mounts(project, service);
    for (Mount mount : service.storage().mounts()) {
      all.add(mount, inherited);
    }
    inherited.forEach((target, name) -> all.inherit(target, name));
    all.files(service.storage().secrets(), project.secrets(), "/run/secrets/");
    all.files(service.storage().configs(), project.configs(), "/");
    hostConfig.texts("Binds", all.binds).member("Mounts", all.mounts);
  }

  private void inherit(String target, String name) {
    boolean isTaken =
        service.storage().mounts().stream().anyMatch(mount -> mount.target().equals(target));
    if (!isTaken) {
      binds.add(name + ":" + target);
    }
  }

  private void add(Mount mount, Map<String, String> inherited) {
    switch (mount.type()) {
      case "bind" -> bind(mount);
      case "volume" -> volume(mount, inherited.getOrDefault(mount.target(), ""));
      default -> mounts.add(longForm(mount, mount.source()));
    }
  }

  /** The short form makes a missing folder on the host, which the long one does not. */
  private void bind(Mount mount) {
    if (!mount.createHostPath()) {
      mounts.add(longForm(mount, mount.source()));
      return;
    }
    List<String> modes = new ArrayList<>();
    modes.add(mount.readOnly() ? "ro" : "rw");
    if (!mount.propagation().isEmpty()) {
      modes.add(mount.propagation());
    }
    if (!mount.selinux().isEmpty()) {
      modes.add(mount.selinux());
    }
    binds.add(mount.source() + ":" + mount.target() + ":" + String.join(",", modes));
  }

  private void volume(Mount mount, String inherited) {
    if (mount.source().isEmpty()) {
      if (inherited.isEmpty()) {
        mounts.add(longForm(mount, ""));
      } else {
        binds.add(inherited + ":" + mount.target() + (mount.readOnly() ? ":ro" : ""));
      }
      return;
    }
    VolumeSpec spec = project.volumes().get(mount.source());
    if (!mount.subpath().isEmpty()) {
      mounts.add(longForm(mount, spec.name()));
      return;
    }
    String mode = mount.readOnly() ? "ro" : "rw";
    binds.add(spec.name() + ":" + mount.target() + ":" + mode + (mount.noCopy() ? ",nocopy" : ""));
  }

  private static JsonObject longForm(Mount mount, String source) {
    JsonObject bind = new JsonBody().text("Propagation", mount.propagation()).build();
    JsonObject volume =
        new JsonBody().flag("NoCopy", mount.noCopy()).text("Subpath", mount.subpath()).build();
    JsonObject tmpfs =
        new JsonBody()
            .number("SizeBytes", mount.tmpfsSize())
            .number("Mode", mount.tmpfsMode().orElse(0L))
            .build();
    JsonObject image = new JsonBody().text("Subpath", mount.subpath()).build();
    JsonBody body =
        new JsonBody()
            .text("Type", mount.type())
            .text("Source", source)
            .text("Target", mount.target())
            .flag("ReadOnly", mount.readOnly());
    return switch (mount.type()) {
      case "bind" -> body.member("BindOptions", bind).build();
      case "tmpfs" -> body.member("TmpfsOptions", tmpfs).build();
      case "image" -> body.member("ImageOptions", image).build();
      default -> body.member("VolumeOptions", volume).build();
    };
  }

  private void files(
      List<FileReference> references, Map<String, ContentSpec> contents, String folder) {
    for (FileReference reference : references) {
      ContentSpec content = contents.get(reference.source());
      if (content.source() instanceof ContentSpec.External) {
        throw new CommandFailure(
            "unsupported external "
                + (folder.equals("/") ? "config " : "secret ")
                + content.name()
                + ": an engine without a swarm keeps none; use file, environment or content");
      }
      if (content.source() instanceof ContentSpec.HostFile file) {
        mounts.add(
            new JsonBody()
                .text("Type", "bind")
                .text("Source", file.path())
                .text("Target", target(reference, folder))
                .flag("ReadOnly", true)
                .build());
      }
    }
  }

  /** Where a secret or config appears in the container. */
  static String target(FileReference reference, String folder) {
    if (reference.target().isEmpty()) {
      return folder + reference.source();
    }
    return reference.target().startsWith("/") ? reference.target() : folder + reference.target();
  }
}

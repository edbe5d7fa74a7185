package io.jdocker.runtime.build;

import io.jdocker.images.BuildCachePrune;
import io.jdocker.images.CachedStep;
import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.ImageAssembly;
import io.jdocker.images.ImageConfig.HistoryEntry;
import io.jdocker.images.ImageDraft;
import io.jdocker.images.ImageReference;
import io.jdocker.images.dockerfile.ConfigEditor;
import io.jdocker.images.dockerfile.Dockerfile;
import io.jdocker.images.registry.Registries;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.container.EngineParts;
import io.jdocker.runtime.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Builds images. Whatever ends a build - an error, the client, a kill of the engine - nothing is
 * left of it but what the cache remembers. Thread-safe: builds run side by side.
 */
public final class ImageBuilder {
  private static final String PREFIX = "build_";

  private final EngineParts parts;
  private final Containers containers;
  private final Registries registries;
  private final Path workspaces;
  private final CacheFolders cacheFolders;
  private final SecureRandom random = new SecureRandom();

  private ImageBuilder(EngineParts parts, Containers containers, Registries registries) {
    this.registries = registries;
    this.parts = parts;
    this.containers = containers;
    this.workspaces = parts.root().resolve("build").resolve("work");
    this.cacheFolders = new CacheFolders(parts.root().resolve("build").resolve("cache"));
  }

  /** Opens, and removes what builds left that were cut short. */
  public static ImageBuilder open(EngineParts parts, Containers containers, Registries registries) {
    ImageBuilder builder = new ImageBuilder(parts, containers, registries);
    builder.sweep();
    return builder;
  }

  private void sweep() {
    if (!Files.isDirectory(workspaces)) {
      return;
    }
    try (Stream<Path> folders = Files.list(workspaces)) {
      for (Path folder : folders.toList()) {
        String name = folder.getFileName() + "_";
        for (Container container : containers.list()) {
          if (container.record().name().startsWith(name)) {
            containers.remove(container.id().hex(), true, true);
          }
        }
        BuildWorkspace.remove(parts.kernel(), folder);
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + workspaces + ": " + e.getMessage(), e);
    }
  }

  /** What is to become of a build whose stages are done. */
  @FunctionalInterface
  private interface Ending<T> {
    T end(BuildScope scope, BuildPlan plan) throws IOException;
  }

  /**
   * Builds an image.
   *
   * @param context a tar, plain or compressed; read to its end, not closed
   * @throws InvalidArgument for a fault of the Dockerfile or context
   * @throws CommandFailed when a RUN step's command fails
   */
  public Image build(
      BuildRequest request, InputStream context, BuildProgress progress, Cancellation cancellation)
      throws IOException {
    return run(
        request, context, progress, cancellation, (scope, plan) -> finish(scope, plan, progress));
  }

  /**
   * Builds as {@link #build}, but gives the result away. No image stays in the store that was not
   * there.
   *
   * @param out not closed
   * @return the id of the image
   */
  public Digest export(
      BuildRequest request,
      InputStream context,
      BuildProgress progress,
      Cancellation cancellation,
      ExportForm form,
      OutputStream out)
      throws IOException {
    return run(
        request,
        context,
        progress,
        cancellation,
        (scope, plan) -> {
          ImageDraft draft = result(scope, plan, progress);
          BuildExport export = new BuildExport(scope, out);
          return switch (form) {
            case ROOTFS -> export.rootfs(draft);
            case ARCHIVE -> export.archive(draft);
          };
        });
  }

  private <T> T run(
      BuildRequest request,
      InputStream context,
      BuildProgress progress,
      Cancellation cancellation,
      Ending<T> ending)
      throws IOException {
    byte[] id = new byte[5];
    random.nextBytes(id);
    Path folder = workspaces.resolve(PREFIX + HexFormat.of().formatHex(id));
    try (BuildWorkspace workspace = new BuildWorkspace(parts.kernel(), folder)) {
      workspace.unpack(context);
      try (Fd sent = workspace.open();
          Fd root =
              new TreeRoot(parts.kernel(), sent).openFolder(request.inputs().contextFolder());
          ImageAssembly assembly = parts.images().assemble()) {
        BuildContext files = new BuildContext(parts.kernel(), root, request.dockerfile());
        Dockerfile file = Dockerfile.parse(files.dockerfile());
        BuildArguments arguments =
            new BuildArguments(request.arguments(), file.escape(), file.globals());
        BuildPlan plan =
            BuildPlan.of(
                file,
                request.target(),
                text -> expand(file, arguments, text),
                request.inputs().contexts().keySet());
        BuildScope scope =
            new BuildScope(
                parts,
                containers,
                new BaseImages(
                    parts.images(), registries, request.credentials(), request.pull(), progress),
                request,
                workspace,
                files,
                files.ignored(),
                file,
                arguments,
                assembly,
                new StepCache(parts.images().cache(), assembly, request, progress),
                cacheFolders,
                new BuildOutput(progress, 0, plan.steps()),
                cancellation,
                BuildScope.noResults(),
                arguments.sourceDateEpoch().map(ImageBuilder::epoch));
        new StageGraph(scope, plan, progress).run();
        return ending.end(scope, plan);
      }
    }
  }

  private static String expand(Dockerfile file, BuildArguments arguments, String text) {
    return new io.jdocker.images.dockerfile.VariableExpander(file.escape(), arguments::global)
        .expand(text);
  }

  private static Instant epoch(String text) {
    if (!text.matches("[0-9]{1,12}")) {
      throw new InvalidArgument("invalid SOURCE_DATE_EPOCH: " + text + " is no number of seconds");
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  private static ImageDraft result(BuildScope scope, BuildPlan plan, BuildProgress progress) {
    ImageDraft draft = scope.results().get(plan.target().index()).draft();
    label(draft, scope);
    List<String> unused = scope.arguments().unused();
    if (!unused.isEmpty()) {
      progress.text(
          "[Warning] One or more build-args ["
              + String.join(" ", unused)
              + "] were not consumed\n");
    }
    return draft;
  }

  private Image finish(BuildScope scope, BuildPlan plan, BuildProgress progress) {
    Image image = scope.assembly().add(result(scope, plan, progress), scope.request().tags());
    for (ImageReference name : scope.request().tags()) {
      parts
          .events()
          .publish(
              Event.Type.IMAGE,
              "tag",
              image.id().toString(),
              Map.of("name", name.withDefaultTag().familiar()));
    }
    return image;
  }

  private static void label(ImageDraft draft, BuildScope scope) {
    Map<String, String> labels = scope.request().labels();
    if (labels.isEmpty()) {
      return;
    }
    ConfigEditor config = new ConfigEditor(draft.runConfig());
    StringBuilder shown = new StringBuilder("/bin/sh -c #(nop)  LABEL");
    labels.forEach(
        (name, value) -> {
          config.label(name, value);
          shown.append(' ').append(name).append('=').append(value);
        });
    draft.addHistory(
        new HistoryEntry(
            draft.image().config().created(), shown.toString(), draft.author(), "", true));
  }

  /** Forgets all steps, and empties the folders of cache mounts. */
  public BuildCachePrune prune() {
    cacheFolders.clear();
    return prune(step -> true, 0);
  }

  /**
   * Forgets steps, the oldest first. Folders of cache mounts stay: they are no step's.
   *
   * @param keep bytes that the cache may keep; 0: none
   */
  public BuildCachePrune prune(Predicate<CachedStep> chosen, long keep) {
    return parts.images().pruneCache(chosen, keep);
  }
}

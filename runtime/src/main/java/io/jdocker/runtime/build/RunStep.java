package io.jdocker.runtime.build;

import com.google.gson.JsonObject;
import io.jdocker.images.Image;
import io.jdocker.images.ImageDraft;
import io.jdocker.images.ImageLayer;
import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.images.dockerfile.Heredoc;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.container.WaitCondition;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.StreamSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** RUN: a command in a container of this engine; what it changed becomes a layer. */
final class RunStep {
  private static final String DEFAULT_PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Where BuildKit shows heredocs that are executed. */
  private static final String SCRIPTS = "/dev/pipes/";

  private final BuildScope scope;
  private final Stage stage;
  private final StageState state;

  RunStep(BuildScope scope, Stage stage, StageState state) {
    this.scope = scope;
    this.stage = stage;
    this.state = state;
  }

  void run(Instruction.Run run) throws IOException {
    List<String> words = words(run);
    try (Undo mountsDone = new Undo()) {
      RunMounts mounts = RunMounts.open(scope, stage, state, run, mountsDone);
      Optional<Heredoc> script = script(run);
      if (script.isPresent()) {
        mounts.specs().add(scriptMount(script.get()));
      }
      Map<String, String> inputs = inputs(run, words, mounts);
      String shown = shown(words);
      Optional<StepCache.Hit> hit = scope.cache().find(run.text(), inputs);
      if (hit.isPresent()) {
        scope.output().cached();
        StageBuild.addHistory(state, shown, hit.get().created(), hit.get().layer());
        return;
      }
      ImageLayer layer = runAndKeep(run, words, mounts);
      Instant now = scope.now();
      scope.cache().add(run.text(), inputs, Optional.of(layer.chainId()), now);
      StageBuild.addHistory(state, shown, now, Optional.of(layer));
    }
  }

  /** What is executed: a heredoc alone is the script, beside a command it is part of the line. */
  private List<String> words(Instruction.Run run) {
    if (run.heredocs().isEmpty() || !run.command().shell()) {
      return state.config().words(run.command());
    }
    Optional<Heredoc> script = script(run);
    if (script.isPresent()) {
      return List.of(SCRIPTS + script.get().name());
    }
    StringBuilder line = new StringBuilder();
    if (isHeredocAlone(run)) {
      line.append(run.heredocs().get(0).content());
    } else {
      line.append(run.command().words().get(0)).append('\n');
      for (Heredoc heredoc : run.heredocs()) {
        line.append(heredoc.content()).append(heredoc.name()).append('\n');
      }
    }
    return state.config().words(new Instruction.Command(true, List.of(line.toString())));
  }

  private static boolean isHeredocAlone(Instruction.Run run) {
    return run.heredocs().size() == 1
        && run.command().shell()
        && run.command().words().get(0).matches("\\d*<<-?[\"']?[^\\s\"'<]+[\"']?");
  }

  /** A heredoc that names its interpreter: the kernel starts it, not the shell. */
  private static Optional<Heredoc> script(Instruction.Run run) {
    return isHeredocAlone(run)
        ? run.heredocs().stream().filter(text -> text.content().startsWith("#!")).findFirst()
        : Optional.empty();
  }

  private MountSpec scriptMount(Heredoc script) throws IOException {
    Path file = scope.workspace().newFile();
    Files.writeString(file, script.content());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new MountSpec(
        MountSpec.Kind.BIND, file.toString(), SCRIPTS + script.name(), true, "ro", "", false);
  }

  private Map<String, String> inputs(Instruction.Run run, List<String> words, RunMounts mounts) {
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("kind", "RUN");
    inputs.put("files", state.draft().top().map(Object::toString).orElse(""));
    inputs.put("command", String.join("\0", words));
    script(run).ifPresent(script -> inputs.put("script", script.content()));
    inputs.put("environment", String.join("\0", state.config().env()));
    inputs.put("arguments", String.join("\0", state.visibleArguments()));
    inputs.put("working directory", state.folder());
    inputs.put("user", state.config().user());
    inputs.put("network", run.network());
    inputs.put("mounts", String.join("\0", mounts.described()));
    return inputs;
  }

  /** As Docker's history has it: {@code |1 NAME=value /bin/sh -c ..}. */
  private String shown(List<String> words) {
    List<String> arguments = state.visibleArguments();
    String command = String.join(" ", words);
    return arguments.isEmpty()
        ? command
        : "|" + arguments.size() + " " + String.join(" ", arguments) + " " + command;
  }

  private ImageLayer runAndKeep(Instruction.Run run, List<String> words, RunMounts mounts)
      throws IOException {
    Containers containers = scope.containers();
    Image image = withoutSettings();
    String name = scope.workspace().nextContainerName();
    Container container = containers.createOn(image, name, spec(run, words, mounts));
    String id = container.id().hex();
    try (Undo undo = new Undo()) {
      undo.push("remove container " + id, () -> containers.remove(id, true, true));
      scope.output().running(container.id().shortForm());
      int code = execute(id);
      if (code != 0) {
        throw new CommandFailed(
            "The command '" + String.join(" ", words) + "' returned a non-zero code: " + code,
            code);
      }
      ImageLayer layer =
          scope
              .assembly()
              .addLayer(
                  state.draft().top(),
                  sink ->
                      containers
                          .files()
                          .difference(id)
                          .writeLayer(ClampedTimes.of(sink, scope.epoch())));
      scope.output().removed(container.id().shortForm());
      return layer;
    }
  }

  /** All settings are in the specification; an image's volumes would hide what RUN writes. */
  private Image withoutSettings() {
    ImageDraft bare = state.draft().copy();
    bare.setRunConfig(new JsonObject());
    return bare.image();
  }

  private int execute(String id) {
    Containers containers = scope.containers();
    Cancellation.Scope ending = scope.cancellation().onCancel(() -> containers.kill(id, "KILL"));
    try (Attachment attachment = containers.attach(id, StreamSelection.output(), false)) {
      CompletableFuture<Integer> exit = containers.await(id, WaitCondition.NEXT_EXIT);
      containers.start(id);
      copyOutput(attachment);
      int code = exit.join();
      scope.cancellation().check();
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailure("interrupted while a build step ran", e);
    } finally {
      ending.close();
    }
  }

  private void copyOutput(Attachment attachment) throws InterruptedException {
    OutputText out = new OutputText(scope.output());
    for (Optional<Chunk> next = attachment.take(); next.isPresent(); next = attachment.take()) {
      out.add(next.get());
    }
    out.end();
  }

  private ContainerSpec spec(Instruction.Run run, List<String> words, RunMounts mounts) {
    List<String> environment = new ArrayList<>();
    if (state.config().env().stream().noneMatch(e -> e.startsWith("PATH="))) {
      environment.add(DEFAULT_PATH);
    }
    scope.arguments().proxies().forEach((name, value) -> environment.add(name + "=" + value));
    environment.addAll(state.visibleArguments());
    environment.addAll(state.config().env());
    environment.addAll(mounts.environment());
    ResourceSpec none = ResourceSpec.none();
    return new ContainerSpec(
        state.draft().id().toString(),
        new ProcessSpec(
            Optional.of(List.of()),
            Optional.of(words),
            environment,
            state.folder(),
            state.config().user(),
            List.of(),
            false,
            false,
            false,
            0,
            0,
            List.of()),
        "",
        "",
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        LifecycleSpec.standard(),
        new ResourceSpec(
            none.limits(),
            none.cgroupParent(),
            none.devices(),
            none.kernel(),
            scope.request().shmSize()),
        SecuritySpec.standard(),
        mounts.specs(),
        networking(run),
        NamespaceSpec.standard(),
        // Its output goes to who builds; a file of it would hold what a step prints of a secret.
        new LogSpec("none", Map.of()),
        List.of());
  }

  private NetworkingSpec networking(Instruction.Run run) {
    boolean own = !run.network().isEmpty() && !run.network().equals("default");
    String asked = scope.request().network();
    String mode = own ? run.network() : asked.isEmpty() ? "default" : asked;
    return new NetworkingSpec(
        mode,
        Map.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        scope.request().extraHosts(),
        "");
  }
}

package io.jdocker.runtime.build;

import io.jdocker.images.Image;
import io.jdocker.images.ImageConfig.HistoryEntry;
import io.jdocker.images.ImageDraft;
import io.jdocker.images.ImageLayer;
import io.jdocker.images.Platform;
import io.jdocker.images.dockerfile.ConfigEditor;
import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.images.dockerfile.InstructionParser;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the instructions of one stage. */
final class StageBuild {
  private static final String SCRATCH = "scratch";

  private final BuildScope scope;
  private final Stage stage;
  private StageState state;

  StageBuild(BuildScope scope, Stage stage) {
    this.scope = scope;
    this.stage = stage;
  }

  /** Runs all of them; the result is also among the scope's. */
  StageState run() throws IOException {
    scope.output().step(stage.from().text());
    state = begin();
    List<String> triggers = state.config().takeOnBuild();
    scope.output().result(state.draft().id());
    runTriggers(triggers);
    for (Instruction instruction : stage.instructions()) {
      scope.output().step(instruction.text());
      run(instruction);
      scope.output().result(state.draft().id());
    }
    scope.results().put(stage.index(), state);
    return state;
  }

  private void runTriggers(List<String> triggers) throws IOException {
    if (triggers.isEmpty()) {
      return;
    }
    scope.output().triggers(triggers.size());
    InstructionParser parser = new InstructionParser('\\');
    for (String trigger : triggers) {
      run(parser.parseTrigger(trigger));
    }
  }

  private StageState begin() {
    String name = BaseName.expand(scope, stage.from().image());
    Platform platform = BaseName.platform(scope, stage.from());
    if (name.isEmpty()) {
      throw stage
          .from()
          .position()
          .error("base name (" + stage.from().image() + ") should not be blank", "");
    }
    if (name.equals(SCRATCH)) {
      return new StageState(ImageDraft.scratch(platform), scope.file().escape());
    }
    NamedContext context = scope.request().inputs().contexts().get(name);
    if (context instanceof NamedContext.Tree) {
      throw stage.from().position().error("the build context " + name + " is no image", name);
    }
    if (context instanceof NamedContext.OfImage image) {
      return onImage(image.name());
    }
    return scope
        .file()
        .stageBefore(stage.index(), name)
        .map(other -> scope.results().get(other.index()).next())
        .orElseGet(() -> onImage(name));
  }

  private StageState onImage(String name) {
    Image image = scope.images().get(name);
    return new StageState(scope.assembly().draft(image), scope.file().escape());
  }

  private void run(Instruction instruction) throws IOException {
    scope.cancellation().check();
    try {
      if (instruction instanceof Instruction.Arg arg) {
        declare(arg);
      } else if (instruction instanceof Instruction.Run run) {
        new RunStep(scope, stage, state).run(run);
      } else if (instruction instanceof Instruction.Copy copy) {
        new CopyStep(scope, stage, state).run(copy);
      } else if (instruction instanceof Instruction.Workdir workdir) {
        new WorkdirStep(scope, state).run(workdir);
      } else {
        configure(instruction);
      }
    } catch (InvalidArgument e) {
      boolean pointed = e.getMessage().startsWith("dockerfile parse error");
      throw pointed ? e : failed(instruction, e);
    }
  }

  /** A fault that only showed when the instruction was run. */
  private static InvalidArgument failed(Instruction instruction, InvalidArgument e) {
    String message = instruction.position().error(e.getMessage(), "").getMessage();
    return new InvalidArgument(message.replaceFirst("^dockerfile parse error", "failed"), e);
  }

  private void declare(Instruction.Arg arg) {
    StringBuilder shown = new StringBuilder("ARG");
    for (Instruction.Arg.Declaration declared : arg.declarations()) {
      Optional<String> value =
          scope.arguments().declare(declared.name(), declared.defaultValue().map(state::expand));
      value.ifPresent(v -> state.argument(declared.name(), v));
      shown.append(' ').append(declared.name());
      value.ifPresent(v -> shown.append('=').append(v));
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("kind", "ARG");
    inputs.put("files", state.draft().top().map(Object::toString).orElse(""));
    inputs.put("arguments", shown.toString());
    record(arg, shown.toString(), inputs);
  }

  /** An instruction that changes no file. */
  private void configure(Instruction instruction) {
    String before = state.draft().runConfig().toString();
    String shown = apply(instruction);
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("kind", "configuration");
    inputs.put("files", state.draft().top().map(Object::toString).orElse(""));
    inputs.put("configuration before", before);
    inputs.put("configuration", state.draft().runConfig().toString() + state.draft().author());
    record(instruction, shown, inputs);
  }

  /**
   * Remembered like a step with a layer, so that a build that changes nothing gives the same id.
   */
  private void record(Instruction instruction, String shown, Map<String, String> inputs) {
    Optional<StepCache.Hit> hit = scope.cache().find(instruction.text(), inputs);
    hit.ifPresent(known -> scope.output().cached());
    Instant created = hit.map(StepCache.Hit::created).orElseGet(scope::now);
    if (hit.isEmpty()) {
      scope.cache().add(instruction.text(), inputs, Optional.empty(), created);
    }
    addHistory(state, "/bin/sh -c #(nop)  " + shown, created, Optional.empty());
  }

  static void addHistory(
      StageState state, String createdBy, Instant created, Optional<ImageLayer> layer) {
    layer.ifPresent(state.draft()::addLayer);
    state
        .draft()
        .addHistory(
            new HistoryEntry(
                Optional.of(created), createdBy, state.draft().author(), "", layer.isEmpty()));
    state.draft().setCreated(created);
  }

  /** Applies it; how the history shows it. */
  private String apply(Instruction instruction) {
    ConfigEditor config = state.config();
    if (instruction instanceof Instruction.Env env) {
      Map<String, String> values = expanded(env.pairs());
      values.forEach(config::env);
    } else if (instruction instanceof Instruction.Label label) {
      expanded(label.pairs()).forEach(config::label);
    } else if (instruction instanceof Instruction.Expose expose) {
      for (String port : expose.ports()) {
        for (String one : state.expand(port).strip().split("\\s+", -1)) {
          config.expose(one);
        }
      }
    } else if (instruction instanceof Instruction.Volume volume) {
      volume.paths().forEach(path -> config.volume(state.expand(path)));
    } else if (instruction instanceof Instruction.User user) {
      config.user(state.expand(user.name()));
    } else if (instruction instanceof Instruction.StopSignal signal) {
      config.stopSignal(state.expand(signal.signal()));
    } else if (instruction instanceof Instruction.Shell shell) {
      config.shell(shell.words());
    } else if (instruction instanceof Instruction.HealthCheck check) {
      config.healthCheck(check.check());
    } else if (instruction instanceof Instruction.OnBuild onBuild) {
      config.onBuild(onBuild.trigger());
    } else if (instruction instanceof Instruction.Maintainer maintainer) {
      state.draft().setAuthor(maintainer.name());
    } else if (instruction instanceof Instruction.Cmd cmd) {
      config.cmd(cmd.command());
      state.hasOwnCommand();
    } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
      config.entrypoint(entrypoint.command());
      if (!state.ownCommand()) {
        // The base image's command was meant for the base image's entrypoint.
        config.removeCmd();
      }
    }
    return instruction.text();
  }

  /** All with the values from before the instruction. */
  private Map<String, String> expanded(List<Instruction.Pair> pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    var expander = state.expander();
    pairs.forEach(pair -> values.put(expander.expand(pair.name()), expander.expand(pair.value())));
    return values;
  }
}

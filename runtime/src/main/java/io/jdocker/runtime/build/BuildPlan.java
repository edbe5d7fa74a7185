package io.jdocker.runtime.build;

import io.jdocker.images.dockerfile.Dockerfile;
import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.images.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which stages are needed, in an order in which each finds its own needs met.
 *
 * @param needs of each stage's number: the numbers of those that it needs itself
 */
record BuildPlan(List<Stage> stages, Stage target, Map<Integer, List<Integer>> needs) {
  /**
   * Plans.
   *
   * @param expand replaces variables in a FROM line
   * @param contexts names that stand for something else than stages
   */
  static BuildPlan of(
      Dockerfile file, String targetName, UnaryOperator<String> expand, Set<String> contexts) {
    Stage target = file.target(targetName);
    Map<Integer, List<Integer>> needed = new HashMap<>();
    collect(file, target, expand, contexts, needed);
    List<Stage> stages =
        file.stages().stream().filter(stage -> needed.containsKey(stage.index())).toList();
    return new BuildPlan(stages, target, Map.copyOf(needed));
  }

  /** How many instructions a stage has, with its FROM. */
  static int steps(Stage stage) {
    return stage.instructions().size() + 1;
  }

  /** How many instructions they have together. */
  int steps() {
    return stages.stream().mapToInt(BuildPlan::steps).sum();
  }

  private static void collect(
      Dockerfile file,
      Stage stage,
      UnaryOperator<String> expand,
      Set<String> contexts,
      Map<Integer, List<Integer>> needed) {
    if (needed.containsKey(stage.index())) {
      return;
    }
    List<Stage> others = needs(file, stage, expand, contexts);
    needed.put(stage.index(), others.stream().map(Stage::index).toList());
    for (Stage other : others) {
      collect(file, other, expand, contexts, needed);
    }
  }

  private static List<Stage> needs(
      Dockerfile file, Stage stage, UnaryOperator<String> expand, Set<String> contexts) {
    return names(stage, expand).stream()
        .filter(name -> !contexts.contains(name))
        .flatMap(name -> file.stageBefore(stage.index(), name).stream())
        .distinct()
        .toList();
  }

  /** Everything in a stage that may be the name of another. */
  private static List<String> names(Stage stage, UnaryOperator<String> expand) {
    List<String> names = new ArrayList<>(List.of(expand.apply(stage.from().image())));
    for (Instruction instruction : stage.instructions()) {
      if (instruction instanceof Instruction.Copy copy && !copy.flags().from().isEmpty()) {
        names.add(copy.flags().from());
      } else if (instruction instanceof Instruction.Run run) {
        run.mounts().forEach(mount -> RunMount.from(mount).ifPresent(names::add));
      }
    }
    return names;
  }
}

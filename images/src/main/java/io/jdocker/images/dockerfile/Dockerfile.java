package io.jdocker.images.dockerfile;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A whole Dockerfile.
 *
 * @param globals ARGs before the first FROM, which only FROM lines see
 * @param escape the character that takes a character's meaning away
 */
public record Dockerfile(List<Instruction.Arg> globals, List<Stage> stages, char escape) {
  public Dockerfile {
    globals = List.copyOf(globals);
    stages = List.copyOf(stages);
  }

  /**
   * A FROM and what follows it.
   *
   * @param index from 0
   */
  public record Stage(int index, Instruction.From from, List<Instruction> instructions) {
    public Stage {
      instructions = List.copyOf(instructions);
    }

    /** Whether a name or number means this stage. */
    boolean isCalled(String name) {
      return from.alias().filter(name.toLowerCase(Locale.ROOT)::equals).isPresent()
          || name.equals(Integer.toString(index));
    }
  }

  /**
   * Parses.
   *
   * @throws InvalidArgument that points at the line at fault
   */
  public static Dockerfile parse(String text) {
    DockerfileLines lines = new DockerfileLines(text);
    List<LogicalLine> read = lines.read();
    if (read.isEmpty()) {
      throw new InvalidArgument("file with no instructions");
    }
    InstructionParser parser = new InstructionParser(lines.escape());
    List<Instruction.Arg> globals = new ArrayList<>();
    List<Instruction.From> starts = new ArrayList<>();
    List<List<Instruction>> bodies = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (LogicalLine line : read) {
      Instruction instruction = parser.parse(line);
      if (instruction instanceof Instruction.From from) {
        if (from.alias().isPresent() && !names.add(from.alias().get())) {
          throw line.position()
              .error("duplicate name " + from.alias().get() + " of a build stage", "");
        }
        starts.add(from);
        bodies.add(new ArrayList<>());
      } else if (!bodies.isEmpty()) {
        bodies.get(bodies.size() - 1).add(instruction);
      } else if (instruction instanceof Instruction.Arg arg) {
        globals.add(arg);
      } else {
        throw line.position()
            .error("no build stage in current context: a FROM must come first", "");
      }
    }
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      stages.add(new Stage(i, starts.get(i), bodies.get(i)));
    }
    if (stages.isEmpty()) {
      throw new InvalidArgument("no build stage in Dockerfile: a FROM is missing");
    }
    return new Dockerfile(globals, stages, lines.escape());
  }

  /** The stage of that name or number, if it stands before the given one. */
  public Optional<Stage> stageBefore(int index, String name) {
    return stages.subList(0, index).stream().filter(stage -> stage.isCalled(name)).findFirst();
  }

  /**
   * The stage to build: the last one unless another is named.
   *
   * @throws InvalidArgument when there is none of that name
   */
  public Stage target(String name) {
    if (name.isEmpty()) {
      return stages.get(stages.size() - 1);
    }
    return stageBefore(stages.size(), name)
        .orElseThrow(() -> new InvalidArgument("target stage \"" + name + "\" could not be found"));
  }
}

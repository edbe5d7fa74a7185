package io.jdocker.images.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * One instruction of a Dockerfile, as it was parsed. Words that variables may stand in are still
 * raw, with their quotes: {@link VariableExpander} makes them plain.
 */
public sealed interface Instruction {
  Position position();

  /** The whole instruction on one line, for the progress and the history. */
  String text();

  /** A command: words to execute, or one line for a shell. */
  record Command(boolean shell, List<String> words) {
    public Command {
      words = List.copyOf(words);
    }
  }

  /** A name and its value, both raw. */
  record Pair(String name, String value) {}

  /**
   * FROM.
   *
   * @param platform raw; empty where none is named
   * @param alias lower case
   */
  record From(Position position, String text, String platform, String image, Optional<String> alias)
      implements Instruction {}

  /**
   * RUN.
   *
   * @param mounts raw, as {@code type=cache,target=/x}
   * @param network default, none or host
   */
  record Run(
      Position position,
      String text,
      Command command,
      List<String> mounts,
      String network,
      List<Heredoc> heredocs)
      implements Instruction {
    public Run {
      mounts = List.copyOf(mounts);
      heredocs = List.copyOf(heredocs);
    }
  }

  /** CMD. */
  record Cmd(Position position, String text, Command command) implements Instruction {}

  /** ENTRYPOINT. */
  record Entrypoint(Position position, String text, Command command) implements Instruction {}

  /** LABEL. */
  record Label(Position position, String text, List<Pair> pairs) implements Instruction {
    public Label {
      pairs = List.copyOf(pairs);
    }
  }

  /** ENV. */
  record Env(Position position, String text, List<Pair> pairs) implements Instruction {
    public Env {
      pairs = List.copyOf(pairs);
    }
  }

  /** MAINTAINER. */
  record Maintainer(Position position, String text, String name) implements Instruction {}

  /** EXPOSE. */
  record Expose(Position position, String text, List<String> ports) implements Instruction {
    public Expose {
      ports = List.copyOf(ports);
    }
  }

  /** VOLUME. */
  record Volume(Position position, String text, List<String> paths) implements Instruction {
    public Volume {
      paths = List.copyOf(paths);
    }
  }

  /** USER. */
  record User(Position position, String text, String name) implements Instruction {}

  /** WORKDIR. */
  record Workdir(Position position, String text, String path) implements Instruction {}

  /** STOPSIGNAL. */
  record StopSignal(Position position, String text, String signal) implements Instruction {}

  /** SHELL. */
  record Shell(Position position, String text, List<String> words) implements Instruction {
    public Shell {
      words = List.copyOf(words);
    }
  }

  /**
   * HEALTHCHECK.
   *
   * @param check all that follows the word
   */
  record HealthCheck(Position position, String text, String check) implements Instruction {}

  /**
   * ONBUILD.
   *
   * @param trigger an instruction, on one line
   */
  record OnBuild(Position position, String text, String trigger) implements Instruction {}

  /** ARG: names with their defaults, raw. */
  record Arg(Position position, String text, List<Declaration> declarations)
      implements Instruction {
    public Arg {
      declarations = List.copyOf(declarations);
    }

    /** One variable. */
    public record Declaration(String name, Optional<String> defaultValue) {}
  }

  /**
   * COPY and ADD.
   *
   * @param add whether archives are unpacked and addresses fetched
   * @param sources raw; heredocs are not among them
   * @param target raw
   */
  record Copy(
      Position position,
      String text,
      boolean add,
      CopyFlags flags,
      List<String> sources,
      String target,
      List<Heredoc> heredocs)
      implements Instruction {
    public Copy {
      sources = List.copyOf(sources);
      heredocs = List.copyOf(heredocs);
    }
  }

  /**
   * Flags of COPY and ADD, raw; empty where they are not given.
   *
   * @param checksum ADD of an address: {@code sha256:..}
   */
  record CopyFlags(
      String from,
      String chown,
      String chmod,
      boolean link,
      boolean parents,
      List<String> excludes,
      String checksum) {
    public CopyFlags {
      excludes = List.copyOf(excludes);
    }
  }
}

package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.compose.act.Starting;
import io.jdocker.cli.compose.act.Waiting;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code jdocker compose up}. */
record UpVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    FlagTable flags =
        ConvergeFlags.add(new FlagTable())
            .add(
                FlagKind.BOOL,
                "abort-on-container-exit",
                "Stops all containers if any container was stopped. Incompatible with -d")
            .add(
                FlagKind.BOOL,
                "abort-on-container-failure",
                "Stops all containers if any container exited with failure. Incompatible with -d")
            .add(FlagKind.LIST, "attach", "Restrict attaching to the specified services")
            .add(FlagKind.BOOL, 'd', "detach", "Detached mode: Run containers in the background")
            .add(
                FlagKind.STRING,
                "exit-code-from",
                "Return the exit code of the selected service container. Implies"
                    + " --abort-on-container-exit")
            .add(
                FlagKind.LIST, "no-attach", "Do not attach (stream logs) to the specified services")
            .add(FlagKind.BOOL, "no-color", "Produce monochrome output")
            .add(FlagKind.BOOL, "no-deps", "Don't start linked services")
            .add(FlagKind.BOOL, "no-log-prefix", "Don't print prefix in logs")
            .add(FlagKind.BOOL, "no-start", "Don't start the services after creating them")
            .add(FlagKind.BOOL, "timestamps", "Show timestamps")
            .add(
                FlagKind.BOOL,
                "wait",
                "Wait for services to be running|healthy. Implies detached mode")
            .add(
                FlagKind.INT,
                "wait-timeout",
                "Maximum duration in seconds to wait for the project to be running|healthy");
    return Synopsis.of(
        "compose up",
        "[OPTIONS] [SERVICE...]",
        "Create and start containers",
        ArgumentCount.atLeast(0),
        flags);
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    checkTogether(line);
    Composition composition = Composition.open(session, options, line.arguments());
    Set<String> wanted = composition.wanted(line.arguments(), !line.isSet("no-deps"));
    Convergence convergence = new Convergence(composition, ConvergeFlags.wishes(line));
    ProjectEngine engine = composition.engine();
    Images.Wishes images = ConvergeFlags.images(line);
    boolean isDetached = line.isSet("detach") || line.isSet("wait");
    convergence.create(
        engine, wanted, images, line.isSet("remove-orphans"), ConvergeFlags.timeout(line));
    if (line.isSet("no-start")) {
      return 0;
    }
    if (!isDetached) {
      return new AttachedUp(composition, line, wanted).run(engine);
    }
    start(composition, engine, wanted);
    if (line.isSet("wait")) {
      await(composition, engine, wanted, Duration.ofSeconds(line.number("wait-timeout", 0)));
    }
    return 0;
  }

  private static void checkTogether(Parsed line) {
    boolean isDetached = line.isSet("detach") || line.isSet("wait");
    boolean stops =
        line.isSet("abort-on-container-exit")
            || line.isSet("abort-on-container-failure")
            || line.has("exit-code-from");
    if (isDetached && stops) {
      throw new CommandFailure(
          "--abort-on-container-exit, --abort-on-container-failure and --exit-code-from cannot be"
              + " combined with --detach or --wait");
    }
    ConvergeFlags.check(line);
  }

  static void start(Composition composition, ProjectEngine engine, Set<String> services)
      throws IOException {
    Starting starting = new Starting(composition.undertaking(), services);
    composition
        .together()
        .run(
            composition.order(services),
            name -> {
              try (ProjectEngine own = engine.another()) {
                starting.service(own, name);
              }
            });
  }

  private static void await(
      Composition composition, ProjectEngine engine, Set<String> services, Duration most)
      throws IOException {
    Waiting waiting = new Waiting(composition.board(), most);
    composition
        .together()
        .each(
            services,
            name -> {
              try (ProjectEngine own = engine.another()) {
                List<ServiceContainer> containers = own.of(name);
                for (ServiceContainer container : containers) {
                  waiting.healthy(own, container, false);
                }
              }
            });
  }
}

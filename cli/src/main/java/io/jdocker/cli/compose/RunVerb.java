package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Creation;
import io.jdocker.cli.compose.act.Delegation;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.compose.act.OneOff;
import io.jdocker.cli.compose.act.Starting;
import io.jdocker.cli.compose.act.Surroundings;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code jdocker compose run}: one more container of a service, for one command. */
record RunVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "compose run",
            "[OPTIONS] SERVICE [COMMAND] [ARGS...]",
            "Run a one-off command on a service",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.BOOL, "build", "Build image before starting container")
                .add(FlagKind.LIST, "cap-add", "Add Linux capabilities")
                .add(FlagKind.LIST, "cap-drop", "Drop Linux capabilities")
                .add(
                    FlagKind.BOOL,
                    'd',
                    "detach",
                    "Run container in background and print container ID")
                .add(FlagKind.STRING, "entrypoint", "Override the entrypoint of the image")
                .add(FlagKind.LIST, 'e', "env", "Set environment variables")
                .addHidden(FlagKind.BOOL, "interactive", "Keep STDIN open even if not attached")
                .add(FlagKind.LIST, 'l', "label", "Add or override a label")
                .add(FlagKind.STRING, "name", "Assign a name to the container")
                .add(FlagKind.BOOL, 'T', "no-TTY", "Disable pseudo-TTY allocation")
                .add(FlagKind.BOOL, "no-deps", "Don't start linked services")
                .add(FlagKind.LIST, 'p', "publish", "Publish a container's port(s) to the host")
                .add(FlagKind.STRING, "pull", "Pull image before running")
                .add(FlagKind.BOOL, "quiet-pull", "Pull without printing progress information")
                .add(
                    FlagKind.BOOL,
                    "remove-orphans",
                    "Remove containers for services not defined in the Compose file")
                .add(FlagKind.BOOL, "rm", "Automatically remove the container when it exits")
                .add(
                    FlagKind.BOOL,
                    'P',
                    "service-ports",
                    "Run command with all service's ports enabled and mapped to the host")
                .add(
                    FlagKind.BOOL,
                    "use-aliases",
                    "Use the service's network useAliases in the network(s) the container connects"
                        + " to")
                .add(FlagKind.STRING, 'u', "user", "Run as specified username or uid")
                .add(FlagKind.LIST, 'v', "volume", "Bind mount a volume")
                .add(FlagKind.STRING, 'w', "workdir", "Working directory inside the container"))
        .stoppingAtArgument();
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String service = line.argument(0);
    Composition composition = Composition.open(session, options, List.of(service));
    ProjectEngine engine = composition.engine();
    Images.Wishes images =
        new Images.Wishes(line.isSet("build"), false, line.text("pull"), line.isSet("quiet-pull"));
    Set<String> needed = new LinkedHashSet<>(composition.wanted(List.of(service), true));
    needed.remove(service);
    if (!line.isSet("no-deps") && !needed.isEmpty()) {
      Creation.Wishes wishes =
          new Creation.Wishes(
              Creation.Recreate.WHEN_CHANGED,
              Creation.Recreate.WHEN_CHANGED,
              Map.of(),
              "",
              false,
              Set.of());
      new Convergence(composition, wishes)
          .create(engine, needed, images, line.isSet("remove-orphans"), "");
      UpVerb.start(composition, engine, needed);
      new Starting(composition.undertaking(), needed).awaitDependencies(engine, service);
    }
    new Images(session, composition.project(), composition.board())
        .ensure(engine, List.of(service), images);
    new Surroundings(composition.undertaking()).ensure(engine, List.of(service));
    boolean isDetached = line.isSet("detach");
    boolean isTty = !line.isSet("no-TTY") && !isDetached && StandardStream.isTerminal(1);
    boolean input = !isDetached && line.isSet("interactive", true);
    String id =
        new OneOff(composition.undertaking(), options.environmentFiles(), line)
            .create(engine, service, isTty, input);
    if (isDetached) {
      engine.post(id, "start");
      session.console().printLine(engine.inspect(id).text("Name").replaceFirst("^/", ""));
      return 0;
    }
    // With AutoRemove the engine removes it, also when this command is killed.
    List<String> words = input ? List.of("-a", "-i", id) : List.of("-a", id);
    return Delegation.run(new io.jdocker.cli.container.StartVerb(), session, words);
  }
}

package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.Streams;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker start}, with {@code -a} attached to one container. */
public final class StartVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "start",
            "[OPTIONS] CONTAINER [CONTAINER...]",
            "Start one or more stopped containers",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.BOOL, 'a', "attach", "Attach STDOUT/STDERR and forward signals")
                .add(
                    FlagKind.STRING,
                    "detach-keys",
                    "Override the key sequence for detaching a container")
                .add(FlagKind.BOOL, 'i', "interactive", "Attach container's STDIN"))
        .alsoCalled("container start", "start");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (line.isSet("attach") || line.isSet("interactive")) {
      if (line.arguments().size() > 1) {
        throw new CommandFailure("you cannot start and attach multiple containers at once");
      }
      return attached(line, session);
    }
    EachTarget targets =
        new EachTarget(session)
            .printing(
                line.arguments(),
                container -> session.api().post(ContainerPaths.of(container, "start")));
    if (!targets.failed().isEmpty()) {
      session
          .console()
          .error("Error: failed to start containers: " + String.join(", ", targets.failed()));
    }
    return targets.exitCode();
  }

  private static int attached(Parsed line, Session session) throws IOException {
    ApiObject container =
        ApiObject.of(session.api().get(ContainerPaths.of(line.argument(0), "json")));
    String condition =
        container.object("HostConfig").isTrue("AutoRemove") ? "removed" : "next-exit";
    ApiObject config = container.object("Config");
    AttachedRun run =
        new AttachedRun(
            session,
            container.text("Id"),
            config.isTrue("Tty"),
            new Streams(line.isSet("interactive") && config.isTrue("OpenStdin"), true, true),
            line.text("detach-keys"),
            true);
    return run.start(condition);
  }
}

package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.Streams;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker attach}: takes part in the streams of a running container. */
public final class AttachVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "attach",
            "[OPTIONS] CONTAINER",
            "Attach local standard input, output, and error streams to a running container",
            ArgumentCount.exactly(1),
            new FlagTable()
                .add(
                    FlagKind.STRING,
                    "detach-keys",
                    "Override the key sequence for detaching a container")
                .add(FlagKind.BOOL, "no-stdin", "Do not attach STDIN")
                .add(
                    FlagKind.BOOL,
                    Flag.NO_SHORTHAND,
                    "sig-proxy",
                    "Proxy all received signals to the process",
                    "true"))
        .alsoCalled("container attach", "attach");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    ApiObject container =
        ApiObject.of(session.api().get(ContainerPaths.of(line.argument(0), "json")));
    ApiObject state = container.object("State");
    if (!state.isTrue("Running")) {
      throw new CommandFailure("You cannot attach to a stopped container, start it first");
    }
    if (state.isTrue("Paused")) {
      throw new CommandFailure("You cannot attach to a paused container, unpause it first");
    }
    if (state.isTrue("Restarting")) {
      throw new CommandFailure(
          "You cannot attach to a restarting container, wait until it is running");
    }
    ApiObject config = container.object("Config");
    boolean input = !line.isSet("no-stdin") && config.isTrue("OpenStdin");
    AttachedRun run =
        new AttachedRun(
            session,
            container.text("Id"),
            config.isTrue("Tty"),
            new Streams(input, true, true),
            line.text("detach-keys"),
            line.isSet("sig-proxy", true));
    return run.join();
  }
}

package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Delegation;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker compose exec}: as {@code exec}, at a terminal where there is one. */
record ExecVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "compose exec",
            "[OPTIONS] SERVICE COMMAND [ARGS...]",
            "Execute a command in a running container",
            ArgumentCount.atLeast(2),
            new FlagTable()
                .add(FlagKind.BOOL, 'd', "detach", "Detached mode: Run command in the background")
                .add(FlagKind.LIST, 'e', "env", "Set environment variables")
                .add(
                    FlagKind.INT,
                    "index",
                    "Index of the container if service has multiple replicas")
                .add(
                    FlagKind.BOOL,
                    'T',
                    "no-TTY",
                    "Disable pseudo-TTY allocation. By default a TTY is allocated at a terminal")
                .addHidden(FlagKind.BOOL, "interactive", "Keep STDIN open even if not attached")
                .add(FlagKind.BOOL, "privileged", "Give extended privileges to the process")
                .add(FlagKind.STRING, 'u', "user", "Run the command as this user")
                .add(FlagKind.STRING, 'w', "workdir", "Path to workdir directory for this command"))
        .stoppingAtArgument();
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String service = line.argument(0);
    Known known = Known.of(session, options, List.of(service));
    ServiceContainer container =
        ServiceIndex.running(known.engine(session), service, line.number("index", 0));
    List<String> words = new ArrayList<>();
    boolean isTty = !line.isSet("no-TTY") && StandardStream.isTerminal(0);
    if (line.isSet("detach")) {
      words.add("--detach");
    } else if (line.isSet("interactive", true)) {
      words.add("--interactive");
    }
    if (isTty && !line.isSet("detach")) {
      words.add("--tty");
    }
    if (line.isSet("privileged")) {
      words.add("--privileged");
    }
    line.list("env").forEach(variable -> words.addAll(List.of("--env", variable)));
    for (String flag : List.of("user", "workdir")) {
      line.find(flag).ifPresent(value -> words.addAll(List.of("--" + flag, value)));
    }
    words.add(container.id());
    words.addAll(line.arguments().subList(1, line.arguments().size()));
    return Delegation.run(new io.jdocker.cli.container.ExecVerb(), session, words);
  }
}

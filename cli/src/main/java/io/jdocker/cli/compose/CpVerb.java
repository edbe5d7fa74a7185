package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Delegation;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker compose cp}: as {@code cp}, with a service in place of a container. */
record CpVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose cp",
        "[OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tjdocker compose cp [OPTIONS] SRC_PATH|-"
            + " SERVICE:DEST_PATH",
        "Copy files/folders between a service container and the local filesystem",
        ArgumentCount.exactly(2),
        new FlagTable()
            .add(FlagKind.BOOL, "all", "Include containers created by the run command")
            .add(FlagKind.BOOL, 'a', "archive", "Archive mode (copy all uid/gid information)")
            .add(FlagKind.BOOL, 'L', "follow-link", "Always follow symbol link in SRC_PATH")
            .add(FlagKind.INT, "index", "Index of the container if service has multiple replicas"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String from = line.argument(0);
    String to = line.argument(1);
    boolean isOut = isOfService(from);
    if (isOut == isOfService(to)) {
      throw new CommandFailure(
          isOut ? "copying between services is not supported" : "unknown copy direction");
    }
    String there = isOut ? from : to;
    int colon = there.indexOf(':');
    String service = there.substring(0, colon);
    String path = there.substring(colon);
    Known known = Known.of(session, options, List.of(service));
    ProjectEngine engine = known.engine(session);
    List<ServiceContainer> containers = new ArrayList<>();
    long index = line.number("index", 0);
    // Out of one of them, into all of them.
    for (ServiceContainer container :
        known.containers(engine, List.of(service), line.isSet("all"))) {
      boolean isChosen = index == 0 ? !isOut || containers.isEmpty() : container.number() == index;
      if (isChosen) {
        containers.add(container);
      }
    }
    if (containers.isEmpty()) {
      throw new CommandFailure("no container found for service \"" + service + "\"");
    }
    for (ServiceContainer container : containers) {
      List<String> words = new ArrayList<>();
      for (String flag : List.of("archive", "follow-link")) {
        if (line.isSet(flag)) {
          words.add("--" + flag);
        }
      }
      words.add(isOut ? container.id() + path : from);
      words.add(isOut ? to : container.id() + path);
      Delegation.run(new io.jdocker.cli.copy.CpVerb(), session, words);
    }
    return 0;
  }

  private static boolean isOfService(String argument) {
    return !argument.startsWith("/") && !argument.startsWith(".") && argument.indexOf(':') > 0;
  }
}

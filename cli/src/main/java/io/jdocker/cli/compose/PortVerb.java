package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;

/** {@code jdocker compose port}: where a service's port is on the host. */
record PortVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose port",
        "[OPTIONS] SERVICE PRIVATE_PORT",
        "Print the public port for a port binding",
        ArgumentCount.exactly(2),
        new FlagTable()
            .add(FlagKind.INT, "index", "Index of the container if service has multiple replicas")
            .add(
                FlagKind.STRING,
                io.jdocker.cli.option.Flag.NO_SHORTHAND,
                "protocol",
                "tcp or udp",
                "\"tcp\""));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String service = line.argument(0);
    Known known = Known.of(session, options, List.of(service));
    ProjectEngine engine = known.engine(session);
    ServiceContainer container = ServiceIndex.find(engine, service, line.number("index", 0));
    String port = line.argument(1) + "/" + line.find("protocol").orElse("tcp");
    ApiObject ports = engine.inspect(container.id()).object("NetworkSettings").object("Ports");
    for (ApiObject binding : ports.objects(port)) {
      String ip = binding.text("HostIp");
      session
          .console()
          .printLine((ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + binding.text("HostPort"));
      return 0;
    }
    throw new CommandFailure("no port " + port + " for container " + container.name());
  }
}

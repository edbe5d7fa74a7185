package io.jdocker.cli.network;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.KeyValues;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker network connect}. */
public final class NetworkConnectVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network connect",
        "[OPTIONS] NETWORK CONTAINER",
        "Connect a container to a network",
        ArgumentCount.exactly(2),
        new FlagTable()
            .add(FlagKind.STRINGS, "alias", "Add network-scoped alias for the container")
            .add(FlagKind.STRINGS, "driver-opt", "driver options for the network")
            .add(
                FlagKind.INT,
                "gw-priority",
                "Highest gw-priority provides the default gateway. Accepts positive and negative values.")
            .add(FlagKind.STRING, "ip", "IPv4 address (e.g., \"172.30.100.104\")")
            .add(FlagKind.STRING, "ip6", "IPv6 address (e.g., \"2001:db8::33\")")
            .add(FlagKind.LIST, "link", "Add link to another container")
            .add(FlagKind.STRINGS, "link-local-ip", "Add a link-local address for the container"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (line.list("driver-opt").stream().anyMatch(option -> option.indexOf('=') < 0)) {
      throw new CommandFailure("invalid key/value pair format in driver options");
    }
    JsonBody addresses =
        new JsonBody()
            .text("IPv4Address", line.text("ip"))
            .text("IPv6Address", line.text("ip6"))
            .texts("LinkLocalIPs", line.list("link-local-ip"));
    JsonBody endpoint =
        new JsonBody()
            .member("IPAMConfig", addresses.build())
            .texts("Links", line.list("link"))
            .texts("Aliases", line.list("alias"))
            .map("DriverOpts", KeyValues.map(line.list("driver-opt")))
            .number("GwPriority", line.number("gw-priority", 0));
    session
        .api()
        .post(
            Query.of("/networks/", line.argument(0), "/connect"),
            new JsonBody()
                .text("Container", line.argument(1))
                .member("EndpointConfig", endpoint.build())
                .build());
    return 0;
  }
}

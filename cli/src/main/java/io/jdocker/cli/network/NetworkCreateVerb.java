package io.jdocker.cli.network;

import com.google.gson.JsonPrimitive;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.KeyValues;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker network create}: prints the id. */
public final class NetworkCreateVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network create",
        "[OPTIONS] NETWORK",
        "Create a network",
        ArgumentCount.exactly(1),
        new FlagTable()
            .add(FlagKind.BOOL, "attachable", "Enable manual container attachment")
            .add(
                FlagKind.MAP,
                Flag.NO_SHORTHAND,
                "aux-address",
                "Auxiliary IPv4 or IPv6 addresses used by Network driver",
                "map[]")
            .add(FlagKind.STRING, "config-from", "The network from which to copy the configuration")
            .add(FlagKind.BOOL, "config-only", "Create a configuration only network")
            .add(FlagKind.STRING, 'd', "driver", "Driver to manage the Network", "\"bridge\"")
            .add(FlagKind.STRINGS, "gateway", "IPv4 or IPv6 Gateway for the master subnet")
            .add(FlagKind.BOOL, "ingress", "Create swarm routing-mesh network")
            .add(FlagKind.BOOL, "internal", "Restrict external access to the network")
            .add(FlagKind.STRINGS, "ip-range", "Allocate container ip from a sub-range")
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "ipam-driver",
                "IP Address Management Driver",
                "\"default\"")
            .add(
                FlagKind.MAP,
                Flag.NO_SHORTHAND,
                "ipam-opt",
                "Set IPAM driver specific options",
                "map[]")
            .add(
                FlagKind.BOOL,
                Flag.NO_SHORTHAND,
                "ipv4",
                "Enable or disable IPv4 address assignment",
                "true")
            .add(FlagKind.BOOL, "ipv6", "Enable or disable IPv6 address assignment")
            .add(FlagKind.LIST, "label", "Set metadata on a network")
            .add(FlagKind.MAP, 'o', "opt", "Set driver specific options", "map[]")
            .add(FlagKind.STRING, "scope", "Control the network's scope")
            .add(
                FlagKind.STRINGS,
                "subnet",
                "Subnet in CIDR format that represents a network segment"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    JsonBody ipam =
        new JsonBody()
            .text("Driver", line.find("ipam-driver").orElse("default"))
            .map("Options", KeyValues.map(line.list("ipam-opt")))
            .member("Config", SubnetFlags.of(line).pools());
    JsonBody body =
        new JsonBody()
            .text("Name", line.argument(0))
            .text("Driver", line.find("driver").orElse("bridge"))
            .text("Scope", line.text("scope"))
            .flag("Internal", line.isSet("internal"))
            .flag("Attachable", line.isSet("attachable"))
            .flag("Ingress", line.isSet("ingress"))
            .flag("ConfigOnly", line.isSet("config-only"))
            .member("IPAM", ipam.build())
            .map("Options", KeyValues.map(line.list("opt")))
            .map("Labels", KeyValues.map(line.list("label")));
    if (line.has("ipv4")) {
      body.member("EnableIPv4", new JsonPrimitive(line.isSet("ipv4")));
    }
    if (line.has("ipv6")) {
      body.member("EnableIPv6", new JsonPrimitive(line.isSet("ipv6")));
    }
    body.member("ConfigFrom", new JsonBody().text("Network", line.text("config-from")).build());
    ApiObject created =
        ApiObject.of(session.api().post(Query.of("/networks/create"), body.build()));
    if (!created.text("Warning").isEmpty()) {
      session.console().error("WARNING: " + created.text("Warning"));
    }
    session.console().printLine(created.text("Id"));
    return 0;
  }
}

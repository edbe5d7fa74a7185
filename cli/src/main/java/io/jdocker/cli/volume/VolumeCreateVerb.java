package io.jdocker.cli.volume;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.KeyValues;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker volume create}: prints the name. */
public final class VolumeCreateVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "volume create",
        "[OPTIONS] [VOLUME]",
        "Create a volume",
        ArgumentCount.between(0, 1),
        new FlagTable()
            .add(FlagKind.STRING, 'd', "driver", "Specify volume driver name", "\"local\"")
            .add(FlagKind.LIST, "label", "Set metadata for a volume")
            .addHidden(FlagKind.STRING, "name", "Volume name, as the argument")
            .add(FlagKind.MAP, 'o', "opt", "Set driver specific options", "map[]"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (!line.arguments().isEmpty() && line.has("name")) {
      throw new CommandFailure(
          "conflicting options: cannot specify a volume-name through both --name and as a"
              + " positional arg");
    }
    String name = line.arguments().isEmpty() ? line.text("name") : line.argument(0);
    JsonBody body =
        new JsonBody()
            .text("Name", name)
            .text("Driver", line.find("driver").orElse("local"))
            .map("DriverOpts", KeyValues.map(line.list("opt")))
            .map("Labels", KeyValues.map(line.list("label")));
    ApiObject volume = ApiObject.of(session.api().post(Query.of("/volumes/create"), body.build()));
    session.console().printLine(volume.text("Name"));
    return 0;
  }
}

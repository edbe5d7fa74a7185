package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code jdocker compose volumes}. */
record VolumesVerb(ComposeOptions options) implements Verb {
  private static final Map<String, String> TITLES =
      Map.of("Driver", "DRIVER", "Name", "VOLUME NAME");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose volumes",
        "[OPTIONS]",
        "List volumes",
        ArgumentCount.none(),
        new FlagTable()
            .add(FlagKind.STRING, "format", "Format output: 'table', 'json' or a template")
            .add(FlagKind.BOOL, 'q', "quiet", "Only display volume names"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, List.of());
    ProjectEngine engine = known.engine(session);
    List<Row> rows = new ArrayList<>();
    for (ApiObject volume : engine.labelled("/volumes", "Volumes")) {
      if (line.isSet("quiet")) {
        session.console().printLine(volume.text("Name"));
      }
      rows.add(
          new Row("*formatter.VolumeContext", volume.map("Labels"))
              .with("Driver", volume.text("Driver"))
              .with("Name", volume.text("Name")));
    }
    if (!line.isSet("quiet")) {
      session
          .console()
          .print(new Listing("{{.Driver}}\t{{.Name}}", TITLES).print(line.text("format"), rows));
    }
    return 0;
  }
}

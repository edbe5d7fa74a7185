package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.format.HumanDuration;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code jdocker compose images}: what the project's containers were made from. */
record ImagesVerb(ComposeOptions options) implements Verb {
  private static final String TABLE =
      "{{.Container}}\t{{.Repository}}\t{{.Tag}}\t{{.Platform}}\t{{.ID}}\t{{.Size}}\t{{.Created}}";

  private static final Map<String, String> TITLES =
      Map.of(
          "Container", "CONTAINER",
          "Repository", "REPOSITORY",
          "Tag", "TAG",
          "Platform", "PLATFORM",
          "ID", "IMAGE ID",
          "Size", "SIZE",
          "Created", "CREATED");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose images",
        "[OPTIONS] [SERVICE...]",
        "List images used by the created containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.STRING, "format", "Format the output. Values: [table | json]")
            .add(FlagKind.BOOL, 'q', "quiet", "Only display IDs"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    List<Row> rows = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    Instant now = Instant.now();
    for (ServiceContainer container : known.containers(engine, line.arguments(), false)) {
      String id = engine.inspect(container.id()).text("Image");
      Optional<ApiObject> image = engine.find("/images/", id, "/json");
      if (image.isPresent()) {
        ids.add(id.replaceFirst("^sha256:", ""));
        rows.add(row(container, image.get(), now));
      }
    }
    if (line.isSet("quiet")) {
      for (String id : ids) {
        session.console().printLine(id);
      }
      return 0;
    }
    session.console().print(new Listing(TABLE, TITLES).print(line.text("format"), rows));
    return 0;
  }

  private static Row row(ServiceContainer container, ApiObject image, Instant now) {
    String name = container.image();
    boolean isId = name.startsWith("sha256:");
    String created = image.text("Created");
    String ago =
        created.isEmpty()
            ? "N/A"
            : HumanDuration.ago(java.time.OffsetDateTime.parse(created).toInstant(), now);
    return new Row("*formatter.ImageContext", Map.of())
        .with("Container", container.name())
        .with(
            "Repository",
            isId
                ? "<none>"
                : ImageName.familiar(ImageName.repository(name)).replaceFirst(":latest$", ""))
        .with("Tag", isId ? "<none>" : ImageName.tagOrDigest(name))
        .with("Platform", image.text("Os") + "/" + image.text("Architecture"))
        .with("ID", image.text("Id").replaceFirst("^sha256:", "").substring(0, 12))
        .with("Size", HumanSize.of(image.number("Size")))
        .with("Created", ago);
  }
}
